"""Every expected failure.

LatchkeyError
├── Malformed                the request cannot be read: JSON, a cursor, a header
├── Invalid                  it can be read, but fields in it are wrong (each is named)
├── Unauthenticated          nobody is signed in, or the credential is not accepted
│   └── AccountDeleted       … because the account was deleted
├── Forbidden                the caller is known, and may not do this
│   └── NotAssignee          … because the issue belongs to somebody else
├── NotFound                 there is no such thing
├── Conflict                 the request does not fit what is there
├── PreconditionFailed       what is there has changed since the caller read it
├── TooLarge                 the body is over the limit
├── Throttled                too many requests; try again later
└── Unavailable              something that we need does not answer; try again later
    ├── DatabaseUnavailable
    │   └── WriteInDoubt         … and what was to be written may be written all the same
    ├── SchemaBehind             a migration has not run
    ├── IdentityUnavailable
    └── StytchUnavailable
        ├── StytchCredentialsRefused   … because it refuses this site's own credentials
        └── StytchRateLimited          … because it has had too many requests

An error that one place raises is made there: `raise NotFound("issue_not_found", "There is …")`. One
that several places raise has a class here with its code and detail. `shared/http/problems.py` turns
each into HTTP. `code` is stable and meant for programs; `detail` is for people and never holds an
exception's text, SQL, or the body of another service's answer.
"""

from collections.abc import Sequence
from typing import NamedTuple


class FieldError(NamedTuple):
    """One field of a request, and a sentence that says what is wrong with it."""

    field: str
    detail: str


class LatchkeyError(Exception):
    """An expected failure: a stable `code` for programs and a `detail` for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Malformed(LatchkeyError):
    """The request cannot be read."""


class Invalid(LatchkeyError):
    """Fields of the request are wrong; `fields` names every one of them."""

    def __init__(self, fields: Sequence[FieldError]) -> None:
        super().__init__("invalid_fields", " ".join(error.detail for error in fields))
        self.fields = tuple(fields)


class Unauthenticated(LatchkeyError):
    """Nobody is signed in, or the credential is not accepted; `code` says why."""


class AccountDeleted(Unauthenticated):
    """The credential is good, but its account was deleted."""

    def __init__(self) -> None:
        super().__init__("account_deleted", "This account has been deleted.")


class Forbidden(LatchkeyError):
    """The caller is known, and may not do this."""


class NotAssignee(Forbidden):
    """The issue belongs to somebody else."""

    def __init__(self) -> None:
        super().__init__("not_assignee", "Only the assignee or an admin may do this.")


class NotFound(LatchkeyError):
    """There is no such thing."""


class Conflict(LatchkeyError):
    """The request does not fit what is already there."""


class PreconditionFailed(LatchkeyError):
    """What is there has changed since the caller read it (RFC 9110, section 15.5.13)."""


class TooLarge(LatchkeyError):
    """The body is over the limit."""


class Throttled(LatchkeyError):
    """Too many requests; the next may succeed after `retry_after` seconds."""

    def __init__(self, code: str, detail: str, retry_after: int) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


class Unavailable(LatchkeyError):
    """Something that we need does not answer; try again after `retry_after` seconds.

    `step` is the step of a longer operation that was not done, `remaining` how much of it is left.
    """

    def __init__(
        self, code: str, detail: str, retry_after: int = 5, step: str = "", remaining: int = 0
    ) -> None:
        super().__init__(code, detail)
        self.retry_after, self.step, self.remaining = retry_after, step, remaining


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached, or gives up."""

    explanation = "The database does not answer at the moment. Please try again."

    def __init__(self) -> None:
        super().__init__("database_unavailable", self.explanation)


class WriteInDoubt(DatabaseUnavailable):
    """The database took a write and did not answer: it may have been made, or be made later."""

    explanation = "The change may be made all the same. Send it again, with its Idempotency-Key."


class SchemaBehind(Unavailable):
    """The database lacks a table or a column that this code needs, or the right to use it."""

    def __init__(self) -> None:
        detail = "The database is not up to date with this version. Its migrations have to run."
        super().__init__("schema_behind", detail, retry_after=60)


class UpstreamUnavailable(Unavailable):
    """A provider cannot be reached, or its answer cannot be used."""

    service: str

    def __init__(self, retry_after: int = 5) -> None:
        detail = f"{self.service} does not answer as it should. Please try again."
        super().__init__(f"{self.service.lower()}_unavailable", detail, retry_after)


class IdentityUnavailable(UpstreamUnavailable):
    """Netlify Identity cannot be reached, or its answer cannot be used."""

    service = "Identity"


class StytchUnavailable(UpstreamUnavailable):
    """Stytch cannot be reached, or its answer cannot be used."""

    service = "Stytch"


class StytchCredentialsRefused(StytchUnavailable):
    """Stytch refuses this site's project id or secret, which says nothing of anybody's session."""

    def __init__(self) -> None:
        super().__init__(retry_after=60)
        self.code, self.detail = "stytch_credentials", "Stytch refuses this site's credentials."


class StytchRateLimited(StytchUnavailable):
    """Stytch has had too many requests of this site, or for this address."""

    def __init__(self) -> None:
        super().__init__(retry_after=2)
