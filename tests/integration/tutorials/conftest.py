from __future__ import annotations

from tests.support.visitors import admin as admin
from tests.support.visitors import netlify_visitor as netlify_visitor
