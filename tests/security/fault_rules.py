"""What each operation has to answer under a fault: the rule, by the services that it needs in turn.

Most operations need what their `x-who` says, and then one round trip to the database. Those that
need anything else are listed here, as docs/architecture.md does (Round trips).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from tests.security.description import Operation
from tests.security.faults import Fault, Service
from tests.security.rules import UNSIGNED, Expected, without_trouble

BUDGET_SECONDS = 14.0  # the function's timeout less a second

Caller = Literal["nobody", "provider", "stytch token", "stytch jwt", "identity"]


class Need(NamedTuple):
    """So many answers of a service; `step` is what a failure names, `sends` that a mail is sent."""

    service: Service
    answers: int = 1
    step: str | None = None
    sends: bool = False
    has_body: bool = True


DATABASE = Need("database")
SEND = Need("stytch", sends=True)
LISTED = [DATABASE, Need("stytch")]
INVITE_BY_STYTCH = [Need("database", 3), SEND]
INVITE_BY_IDENTITY = [Need("database", 3), Need("identity", 2)]  # the invitation, then the role
DELETE_AT_STYTCH = [DATABASE, Need("stytch", step="identity"), Need("database", step="rows")]
DELETE_AT_IDENTITY = [DATABASE, Need("identity", step="identity"), Need("database", step="rows")]

# After it is known who is calling; the others need the database once.
NEEDS: dict[str, list[Need]] = {
    "get_providers": [],
    "login": [Need("database", 3), SEND],
    "authenticate": [Need("stytch", 2)],  # then the link is spent, and nobody is kept out
    "stytch_event": [Need("stytch"), DATABASE],
    "identity_event": [Need("identity"), DATABASE],
}
# The same, by whose account or session it is, or at whose provider something is done.
NEEDS_OF_CALLER: dict[str, dict[Caller, list[Need]]] = {
    "delete_account": {
        "stytch token": [Need("database", step="rows"), Need("stytch", step="identity")],
        "stytch jwt": [Need("database", step="rows"), Need("stytch", step="identity")],
        "identity": [Need("database", step="rows"), Need("identity", 2, step="identity")],
    },
    "invite": {
        "stytch token": INVITE_BY_STYTCH,
        "stytch jwt": INVITE_BY_STYTCH,
        "identity": INVITE_BY_IDENTITY,
    },
    "delete_user": {
        "stytch token": DELETE_AT_STYTCH,
        "stytch jwt": DELETE_AT_STYTCH,
        "identity": DELETE_AT_IDENTITY,
    },
    "list_sessions": {"stytch token": LISTED, "stytch jwt": LISTED, "identity": [DATABASE]},
    "delete_session": {"stytch token": LISTED, "stytch jwt": LISTED, "identity": [DATABASE]},
    "logout": {
        "nobody": [],
        "stytch token": [Need("stytch", step="stytch")],
        "stytch jwt": [Need("stytch", step="stytch")],
        "identity": [Need("identity", step="identity", has_body=False)],
    },
}
ASKS_THE_PROVIDER = {"delete_account"}


def callers_of(operation: Operation) -> list[Caller]:
    """Who calls the operation in the matrix: an admin of each provider, where it matters.

    What a provider calls is called with its signature, and by somebody who has none.
    """
    if operation.who == "provider":
        return ["nobody", "provider"]
    if operation.who == "anyone" and operation.name not in NEEDS_OF_CALLER:
        return ["nobody"]
    return ["stytch token", "stytch jwt", "identity"]


def expected(operation: Operation, caller: Caller, fault: Fault) -> Expected:
    """The answer: the first need that the fault does not meet decides.

    What is not signed needs nothing: it is refused before anybody is asked.
    """
    if operation.who == "provider" and caller == "nobody":
        return UNSIGNED
    seconds = 0.0
    for need in needs(operation, caller):
        if need.service != fault.service or (fault.spoils_only_bodies and not need.has_body):
            continue
        seconds += need.answers * fault.seconds
        if seconds < BUDGET_SECONDS:
            continue
        if need.sends and fault.code_of_sending:
            return Expected(429, fault.code_of_sending)
        return Expected(503, fault.code, need.step)
    return without_trouble(operation, "netlify" if caller == "identity" else "stytch")


def needs(operation: Operation, caller: Caller) -> list[Need]:
    """The services that the operation needs, in turn."""
    by_caller = NEEDS_OF_CALLER.get(operation.name, {})
    after = by_caller.get(caller, NEEDS.get(operation.name, [DATABASE]))
    if operation.who in ("anyone", "provider"):
        return after
    at_sight = [Need("stytch")] if caller == "stytch token" else []
    asked = [Need("identity" if caller == "identity" else "stytch")]
    if operation.who == "admin" or operation.name in ASKS_THE_PROVIDER:
        return [*asked, *after]
    if operation.who == "assignee":  # of somebody else's issue: first as oneself, then as an admin
        return [*at_sight, *after, *([] if at_sight else asked), *after]
    return [*at_sight, *after]
