from __future__ import annotations

from tests.support.configuration import cold_process as cold_process
from tests.support.signing import other_key as other_key
from tests.support.signing import stytch_key as stytch_key
