"""What the pages below `/_dev/` may show and change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from local.cloud_summary import Summary
from local.dev_pages.health import Health
from local.dev_pages.live import Live
from local.dev_pages.requests.book import Book
from local.kit.admin import Emulated
from local.kit.clock import Clock
from local.kit.deliveries import Deliveries, Delivery
from local.kit.outbox import Outbox
from local.kit.people import Directory


class Sender(Protocol):
    """Stands for what sends an emulator's webhooks."""

    @property
    def deliveries(self) -> Deliveries: ...

    async def send_again(self, delivery: Delivery) -> Delivery:
        """Send one once more."""


class CloudDatabase(Protocol):
    """Stands for the database of the local cloud."""

    @property
    def name(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def is_private(self) -> bool: ...

    def kill(self) -> None: ...


@dataclass(frozen=True)
class Emulator:
    """One emulated provider: its name, what it remembers, and its accounts.

    `endpoints` are those that can be made to fail: path and meaning, the most common one first.
    `rotate_keys` answers the name of the new key; None where there is only one key.
    """

    title: str
    state: Emulated
    directory: Directory
    endpoints: Mapping[str, str]
    webhooks: Sender
    rotate_keys: Callable[[], str] | None = None


@dataclass(frozen=True)
class DevCloud:
    """The parts of a running local cloud; `emulators` by the provider's name in principals."""

    summary: Summary
    outbox: Outbox
    health: Health
    book: Book
    live: Live
    emulators: Mapping[str, Emulator]
    deliveries: Deliveries
    clock: Clock
    database: CloudDatabase
    api_description: Path

    def person_of(self, principal: str) -> str:
        """Return the address behind a principal's id, or the id itself."""
        provider, _, user_id = principal.partition(":")
        emulator = self.emulators.get(provider)
        return (emulator and emulator.directory.email_of(user_id)) or principal
