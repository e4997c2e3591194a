"""How often something may be tried, counted in the database, since functions share no memory.

Windows of time are fixed and aligned to the clock. One atomic statement counts and decides: MySQL
reports 1 for a new row, 2 for a changed one, and 0 for a row that stays as it is: the limit is
reached.
"""

import time
from typing import NamedTuple

from shared.database.database import database
from shared.digest import sha256
from shared.errors import Throttled

COUNT = """
    INSERT INTO throttles (subject, window_start, hits) VALUES (%(subject)s, %(window_start)s, 1)
    ON DUPLICATE KEY UPDATE
      hits = IF(window_start = VALUES(window_start), IF(hits < %(most)s, hits + 1, hits), 1),
      window_start = VALUES(window_start)
"""


class Limit(NamedTuple):
    """At most `most` tries in a window of `seconds`."""

    what: str
    most: int
    seconds: int


LOGIN_PER_NETWORK = Limit("login-network", most=100, seconds=300)
LOGIN_PER_NETWORK_AND_ADDRESS = Limit("login-network-address", most=10, seconds=300)
LOGIN_PER_ADDRESS = Limit("login-address", most=100, seconds=300)
INVITE_PER_ADDRESS = Limit("invite-address", most=10, seconds=3600)
INVITE_PER_PRINCIPAL = Limit("invite-principal", most=100, seconds=3600)


def hit_login(network: str, address: str) -> None:
    """Count one more login for the address, from this network; raises Throttled.

    A network uses up its own few tries for an address before it counts against the address itself:
    so one stranger cannot stop the owner's links, and a flood from many networks still stops.
    """
    hit(LOGIN_PER_NETWORK, network)
    hit(LOGIN_PER_NETWORK_AND_ADDRESS, f"{network} {address}")
    hit(LOGIN_PER_ADDRESS, address)


def hit(limit: Limit, subject: str) -> None:
    """Count one more try of `subject`; raises Throttled when the limit is reached."""
    now = int(time.time())
    window_start = now - now % limit.seconds
    counted = database().write_idempotent(
        COUNT,
        {
            "subject": sha256(f"{limit.what}:{subject}"),
            "window_start": window_start,
            "most": limit.most,
        },
    )
    if counted.rows_changed == 0:
        raise Throttled(
            "too_many_requests",
            "Too many requests. Please try again later.",
            retry_after=window_start + limit.seconds - now,
        )
