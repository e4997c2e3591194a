"""All users of the Identity instance (`GET /admin/users`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count

from shared.auth import identity_admin
from shared.auth.client_context import Identity
from shared.auth.upstream_http import Answer, request
from shared.errors import IdentityUnavailable
from sync_users.patience import patiently
from sync_users.record import Record

PER_PAGE = 500


def pages(operator: Callable[[], Identity]) -> Iterator[list[Record]]:
    """Page after page, the oldest users first, so that new ones move nobody.

    A deletion does: whoever is missed so is asked for by id before anything is removed. `operator`
    is asked for each page, since its token may be short-lived. Raises IdentityUnavailable.
    """
    for number in count(1):
        asked_at = datetime.now(UTC)
        answer = patiently(_page, operator(), number)
        users = answer.body.get("users")
        if answer.status != 200 or not isinstance(users, list):
            raise IdentityUnavailable
        yield [
            Record(f"netlify:{user['id']}", "netlify", identity_admin.person_of(user), asked_at)
            for user in users
        ]
        if len(users) < PER_PAGE:
            return


def _page(identity: Identity, number: int) -> Answer:
    query = f"page={number}&per_page={PER_PAGE}&sort=created_at%20asc"
    headers = {"Authorization": f"Bearer {identity.operator_token}"}
    url = f"{identity.url}/admin/users?{query}"
    return request(IdentityUnavailable, "GET", url, headers=headers)
