from __future__ import annotations

from tests.support.configuration import configure as configure
from tests.support.log_lines import log_lines as log_lines
from tests.support.signing import other_key as other_key
from tests.support.signing import stytch_key as stytch_key
