"""One user of a provider, as one of its pages shows them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shared.auth.principal import Principal, Provider


class Record(NamedTuple):
    """`person` is None for a user without a proven address; `asked_at` is when the page was."""

    principal_id: str
    provider: Provider
    person: Principal | None
    asked_at: datetime
