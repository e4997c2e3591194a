"""What the banner and the status page tell about a running local cloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from local import stack
from local.kit.ports import Listener
from local.settings import LOCAL_ADMIN, LOCAL_STYTCH_PUBLIC_TOKEN, Settings

NOT_THERE = "none (PROVIDERS)"
DEMO_USERS = ("ada@example.com (admin)", "grace@example.com")


@dataclass(frozen=True)
class Summary:
    """Holds the addresses; `stytch_url` is None where Stytch is not emulated."""

    web_url: str
    aws_url: str
    lambda_url: str
    stytch_url: str | None
    database: str
    log_file: Path
    notes: tuple[str, ...]
    has_identity: bool = True
    has_stytch: bool = True
    stack: str = stack.MAIN
    debugger: str = ""

    @property
    def origins(self) -> dict[str, str]:
        """Return the address of each port that leads to the functions, by its part."""
        return {"web": self.web_url, "aws": self.aws_url, "lambda": self.lambda_url}

    @property
    def outbox_url(self) -> str:
        return f"{self.web_url}/_dev/outbox"

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Return label and address (or name) of each part, the most useful one first."""
        return (
            ("Web app", self.web_url),
            ("Outbox (mail)", self.outbox_url),
            ("Status", f"{self.web_url}/_dev/"),
            ("API, described", f"{self.web_url}/_dev/api"),
            ("AWS HTTP API", self.aws_url),
            ("Lambda API", self.lambda_url),
            ("Stytch", self._stytch),
            *([("Public token", LOCAL_STYTCH_PUBLIC_TOKEN)] if self.stytch_url else []),
            ("Identity", self._identity),
            ("Database", self.database),
            ("Log file", str(self.log_file)),
            *([("Debugger", self.debugger)] if self.debugger else []),
        )

    @property
    def served(self) -> tuple[tuple[str, str], ...]:
        """Return name and address of each part that serves HTTP here."""
        identity = f"{self.web_url}/.netlify/identity" if self.has_identity else None
        addresses = {
            "Stytch": self.stytch_url,
            "Netlify Identity": identity,
            "Site, as on Netlify": self.web_url,
            "AWS HTTP API": self.aws_url,
            "Lambda API": self.lambda_url,
        }
        return tuple((part, address) for part, address in addresses.items() if address)

    @property
    def magic_link_hint(self) -> str:
        """Say who can ask for a magic link; without Identity's demo users, also who is an admin."""
        anyone = "any address" if self.has_identity else f"any address ({LOCAL_ADMIN} is an admin)"
        return f"{anyone}; the mail lands in the outbox"

    @property
    def _stytch(self) -> str:
        if not self.has_stytch:
            return NOT_THERE
        return self.stytch_url or "the real one (your credentials)"

    @property
    def _identity(self) -> str:
        return f"{self.web_url}/.netlify/identity" if self.has_identity else NOT_THERE


def summarise(
    settings: Settings,
    listeners: Iterable[Listener],
    database: str,
    debugging: tuple[str, int] | None = None,
) -> Summary:
    """Summarise a run; `database` names the engine, and ports that moved become notes.

    `debugging` names a function, and the port where its debugger attaches.
    """
    return Summary(
        web_url=settings.web_url,
        aws_url=settings.aws_url,
        lambda_url=settings.lambda_url,
        stytch_url=settings.stytch_url if settings.emulates_stytch else None,
        database=database,
        log_file=settings.state_dir / "local.log",
        notes=(*_moved_ports(listeners), *_shared_database(settings)),
        has_identity=settings.has_identity,
        has_stytch=settings.has_stytch,
        stack=settings.stack,
        debugger="{} waits at 127.0.0.1:{}".format(*debugging) if debugging else "",
    )


def _moved_ports(listeners: Iterable[Listener]) -> Iterator[str]:
    for listener in listeners:
        if listener.moved:
            yield (
                f"port {listener.wanted} is in use by another program; "
                f"{listener.port} serves instead."
            )


def _shared_database(settings: Settings) -> Iterator[str]:
    """A stack beside `main` has a database of its own, unless one is set for all."""
    is_set = settings.environ.keys() & {"DATABASE_URL", "PLANETSCALE_HOST"}
    if is_set and settings.stack != stack.MAIN:
        yield "the database that is set is also that of the other stacks."
