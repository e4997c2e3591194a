"""What each operation has to answer to each credential: the rule, and not what was once observed.

An operation is judged by its `x-who` in the description. The few that differ from the others of
their kind are named here, each with the reason.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.security.description import Operation
from tests.security.makers import Sent
from tests.security.people import Provider


class Expected(NamedTuple):
    """A status, and the `code` and the `step` of the problem; None where there is none."""

    status: int
    code: str | None = None
    step: str | None = None


# Asks the provider though an ordinary member may call it: what it does cannot be taken back.
ASKS_THE_PROVIDER = {"delete_account"}
# Asks Stytch for the caller's sessions, and nobody for a user of Identity, who has none to list.
LISTS_SESSIONS = {"list_sessions", "delete_session"}
NOT_LISTED = Expected(409, "sessions_not_listed")
# The matrix knows no session to end that is the caller's own.
FINDS_NO_SESSION = {"delete_session": Expected(404, "session_not_found")}
# A browser's write that is refused when another site sent it, though anyone may call it.
GUARDED_AGAINST_OTHER_SITES = {"login", "logout"}
# Looks at credentials though anyone may call it: it ends what they stand for.
ENDS_WHAT_IS_SENT = {"logout"}
# Needs more than a well-formed request: the matrix has no magic link to redeem.
REFUSED_TO_EVERYBODY = {"authenticate": Expected(401, "link_invalid")}
# May be repeated by an account that is deleted already.
OPEN_TO_DELETED_ACCOUNTS = {"delete_account"}

# What a provider's address answers to everybody who is none.
UNSIGNED = Expected(401, "signature_invalid")

JUDGES = {}


def expected(operation: Operation, sent: Sent) -> Expected:
    """The answer; raises LookupError for an operation that no rule covers."""
    judge = JUDGES.get(operation.who)
    if judge is None:
        raise LookupError(
            f"{operation.title} is for {operation.who!r} (x-who in docs/openapi.yaml), which has "
            f"no rule: add one to JUDGES in tests/security/rules.py ({', '.join(JUDGES)} have one)"
        )
    return judge(operation, sent)


def for_anyone(operation: Operation, sent: Sent) -> Expected:
    if operation.name in REFUSED_TO_EVERYBODY:
        return REFUSED_TO_EVERYBODY[operation.name]
    if sent.is_unreadable and operation.name in ENDS_WHAT_IS_SENT:
        return Expected(401, sent.refused)
    if sent.is_cross_site and operation.name in GUARDED_AGAINST_OTHER_SITES:
        return Expected(403, "cross_origin")
    return Expected(operation.success)


def for_providers(_operation: Operation, _sent: Sent) -> Expected:
    """No credential is a signature."""
    return UNSIGNED


def for_members(operation: Operation, sent: Sent) -> Expected:
    asks = operation.name in ASKS_THE_PROVIDER
    if operation.name in LISTS_SESSIONS:
        asks = sent.person is not None and sent.person.provider == "stytch"
    return _refusal(operation, sent, asks=asks) or _done(operation, sent)


def for_admins(operation: Operation, sent: Sent) -> Expected:
    """The provider is asked, and has the last word on the role."""
    refusal = _refusal(operation, sent, asks=True)
    if refusal is None and not sent.is_admin:
        return Expected(403, "admin_only")
    return refusal or _done(operation, sent)


def for_assignees(operation: Operation, sent: Sent) -> Expected:
    """The matrix calls with an issue of somebody else, so that only admins succeed.

    Whoever the claims do not exclude from being an admin is asked about at the provider.
    """
    refusal = _refusal(operation, sent, asks=sent.may_be_admin)
    if refusal is None and not sent.is_admin:
        return Expected(403, "not_assignee")
    return refusal or _done(operation, sent)


def _refusal(operation: Operation, sent: Sent, *, asks: bool) -> Expected | None:
    """Why the caller is not let in at all; None where they are."""
    if sent.is_cross_site and operation.is_write:
        return Expected(403, "cross_origin")
    code = sent.refused or (sent.refused_by_provider if asks else None)
    return Expected(401, code) if code else None


def _done(operation: Operation, sent: Sent) -> Expected:
    """Success, unless the account is deleted: it neither writes nor reads any more."""
    if sent.is_deleted and operation.name not in OPEN_TO_DELETED_ACCOUNTS:
        return Expected(401, "account_deleted")
    return without_trouble(operation, sent.person and sent.person.provider)


def without_trouble(operation: Operation, provider: Provider | None) -> Expected:
    """The answer to somebody of this provider who may do it."""
    if operation.name in LISTS_SESSIONS and provider == "netlify":
        return NOT_LISTED
    return FINDS_NO_SESSION.get(operation.name, Expected(operation.success))


JUDGES.update(
    {
        "anyone": for_anyone,
        "provider": for_providers,
        "member": for_members,
        "assignee": for_assignees,
        "admin": for_admins,
    }
)
