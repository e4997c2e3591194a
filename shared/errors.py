"""Everything that can go wrong on purpose.

LatchkeyError
├── Malformed           the request cannot be read: JSON, a cursor, a header
├── Invalid             it can be read, and fields in it are wrong (all of them are named)
├── Unauthenticated     who is calling is not known
├── Forbidden           who is calling is known, and may not
│   └── NotAssignee     … because the issue is somebody else's
├── NotFound            there is no such thing
├── Conflict            it clashes with what is there
├── TooLarge            the body is over the limit
├── Throttled           too often; try again later
└── Unavailable         something that we depend on does not answer; try again later

They are raised where they are known and become HTTP in one place, `shared/problems.py`. `code` is
stable and meant for machines; `detail` is for people and never holds an exception's text, SQL, or
what an upstream answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One field of a request, and what is wrong with it."""

    field: str
    detail: str


class LatchkeyError(Exception):
    """An expected failure: a stable machine `code` and a `detail` for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Malformed(LatchkeyError):
    """The request cannot be read."""


class Invalid(LatchkeyError):
    """Fields of the request are wrong; `fields` names every one of them."""

    def __init__(self, fields: Sequence[FieldError]) -> None:
        named = "; ".join(f"{error.field}: {error.detail}" for error in fields)
        super().__init__("invalid_fields", named)
        self.fields = tuple(fields)


class Unauthenticated(LatchkeyError):
    """Nobody can be held to be calling; `code` says why."""


class Forbidden(LatchkeyError):
    """The caller is known, and may not do this."""


class NotAssignee(Forbidden):
    """The issue belongs to somebody else."""

    def __init__(self) -> None:
        super().__init__("not_assignee", "Only the assignee or an admin may do this.")


class NotFound(LatchkeyError):
    """There is no such thing."""


class Conflict(LatchkeyError):
    """The request clashes with what is already there."""


class TooLarge(LatchkeyError):
    """The body is over the limit."""


class Throttled(LatchkeyError):
    """Too many tries; the next may succeed after `retry_after` seconds."""

    def __init__(self, code: str, detail: str, retry_after: int) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


class Unavailable(LatchkeyError):
    """A part that we depend on gave no answer; try again after `retry_after` seconds.

    `step` names the part of a longer piece of work that was not done.
    """

    def __init__(
        self, code: str, detail: str, retry_after: int = 5, step: str | None = None
    ) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after
        self.step = step
