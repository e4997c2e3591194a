"""The product as it runs: real runtime client, real database, both providers' credentials."""

from __future__ import annotations

from tests.support.visitors import admin as admin
from tests.support.visitors import member as member
from tests.support.visitors import netlify_visitor as netlify_visitor
from tests.support.visitors import other as other
from tests.support.visitors import stranger as stranger
from tests.support.visitors import stytch_visitor as stytch_visitor
