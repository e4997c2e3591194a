"""The mail that the local cloud would have sent: kept, never delivered."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from local.kit.clock import Clock, rfc3339
from local.kit.store import Store

Provider = Literal["stytch", "netlify"]


@dataclass(frozen=True)
class Mail:
    """One message; `sent_at` is in RFC 3339, UTC."""

    to: str
    subject: str
    link: str
    provider: Provider
    sent_at: str


class Outbox:
    """Keeps every mail since the store was made, or since the outbox was cleared.

    `sent` is called after each new one.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._mails = store.collection("outbox")
        self._clock = clock
        self.sent: Callable[[], None] = lambda: None

    def send(self, *, to: str, subject: str, link: str, provider: Provider) -> None:
        sent_at = rfc3339(self._clock.now())
        mail = Mail(to=to, subject=subject, link=link, provider=provider, sent_at=sent_at)
        self._mails.put(str(uuid.uuid4()), asdict(mail))
        self.sent()

    def newest_first(self) -> list[Mail]:
        return [Mail(**document) for document in self._mails.find()][::-1]

    def clear(self) -> None:
        self._mails.clear()
