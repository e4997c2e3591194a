"""How often something may be tried, counted in the database: functions share no memory.

Windows are fixed and aligned to the clock. One atomic statement counts and decides: MySQL answers 1
for a new row, 2 for a changed one, and 0 for a row that is left as it is because it is full.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from shared.database.database import database
from shared.digest import sha256
from shared.errors import Throttled

COUNT = """
    INSERT INTO throttles (subject, window_start, hits) VALUES (%(subject)s, %(window_start)s, 1)
    ON DUPLICATE KEY UPDATE
      hits = IF(window_start = VALUES(window_start), IF(hits < %(most)s, hits + 1, hits), 1),
      window_start = VALUES(window_start)
"""


@dataclass(frozen=True)
class Limit:
    """At most `most` tries in a window of `seconds`."""

    what: str
    most: int
    seconds: int


LOGIN_PER_ADDRESS = Limit("login-address", most=10, seconds=300)
LOGIN_PER_CALLER = Limit("login-caller", most=100, seconds=300)
INVITE_PER_ADDRESS = Limit("invite-address", most=10, seconds=3600)
INVITE_PER_CALLER = Limit("invite-caller", most=100, seconds=3600)


def count(limit: Limit, subject: str) -> None:
    """Count one more try by (or at) `subject`; raises Throttled when there were too many."""
    now = int(time.time())
    window_start = now - now % limit.seconds
    counted = database().write_repeatable(
        COUNT,
        {
            "subject": sha256(f"{limit.what}:{subject}"),
            "window_start": window_start,
            "most": limit.most,
        },
    )
    if counted.affected == 0:
        raise Throttled(
            "too_many_requests",
            "Too many requests. Please try again later.",
            retry_after=window_start + limit.seconds - now,
        )
