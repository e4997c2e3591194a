"""The webhooks that the emulators have sent: each with its attempts and what was answered."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Literal

from local.kit.clock import Clock, rfc3339
from local.kit.outbox import Provider
from local.kit.store import Document, Store

State = Literal["delivered", "waiting", "failed"]


@dataclass(frozen=True)
class Attempt:
    """One request: when it was sent (RFC 3339), its status, or why there was no answer."""

    at: str
    status: int | None
    problem: str = ""

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class Delivery:
    """One event for one address; `next_attempt_at` is in seconds since 1970."""

    id: str
    provider: Provider
    event: str
    url: str
    body: str
    created_at: str
    attempts: tuple[Attempt, ...] = ()
    next_attempt_at: float | None = None

    @property
    def due_at(self) -> float:
        """Return when the next attempt is due; never, where there is none."""
        return math.inf if self.next_attempt_at is None else self.next_attempt_at

    @property
    def state(self) -> State:
        if any(attempt.is_success for attempt in self.attempts):
            return "delivered"
        return "failed" if self.next_attempt_at is None else "waiting"


class Deliveries:
    """Keeps every delivery since the store was made."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._documents = store.collection("webhook_deliveries")
        self._clock = clock
        self.changed: Callable[[], None] = lambda: None

    def begin(self, provider: Provider, event: str, url: str, body: str) -> Delivery:
        """Keep a new one, which is due now."""
        now = self._clock.now()
        delivery_id = f"msg_{uuid.uuid4().hex}"
        return self._keep(Delivery(delivery_id, provider, event, url, body, rfc3339(now), (), now))

    def note(
        self, delivery: Delivery, status: int | None, problem: str, next_attempt_at: float | None
    ) -> Delivery:
        """Keep the outcome of an attempt, and when the next one is due."""
        attempt = Attempt(rfc3339(self._clock.now()), status, problem)
        attempts = (*delivery.attempts, attempt)
        return self._keep(replace(delivery, attempts=attempts, next_attempt_at=next_attempt_at))

    def find(self, delivery_id: str) -> Delivery | None:
        document = self._documents.get(delivery_id)
        return None if document is None else _delivery(document)

    def waiting(self, provider: Provider) -> Iterator[Delivery]:
        """Yield those that have an attempt before them."""
        for document in self._documents.find(provider=provider):
            if document["next_attempt_at"] is not None:
                yield _delivery(document)

    def newest_first(self) -> list[Delivery]:
        return [_delivery(document) for document in self._documents.find()][::-1]

    def _keep(self, delivery: Delivery) -> Delivery:
        self._documents.put(delivery.id, asdict(delivery))
        self.changed()
        return delivery


def as_data(delivery: Delivery) -> Document:
    """Return what `/_dev/webhooks.json` shows of it."""
    due = delivery.next_attempt_at
    return asdict(delivery) | {
        "state": delivery.state,
        "next_attempt_at": None if due is None else rfc3339(due),
    }


def _delivery(document: Document) -> Delivery:
    attempts = tuple(Attempt(**attempt) for attempt in document["attempts"])
    return Delivery(**(document | {"attempts": attempts}))
