"""POST /v1/magic_links/email/…: every call that sends a link, and the one that takes it back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from local.kit.store import Document
from local.stytch.arguments import Arguments, read_arguments
from local.stytch.errors import ErrorType, StytchError
from local.stytch.replies import reply
from local.stytch.state import sandbox
from local.stytch.state.objects import UserStatus, name_object
from local.stytch.state.state import State, state_of
from local.stytch.state.users import email_id_of, merge_metadata
from local.stytch.terms import LinkTerms, read_link_terms

_SANDBOX_FIELDS = {"user_id": sandbox.USER_ID, "email_id": sandbox.EMAIL_ID}


async def login_or_create(request: Request) -> Response:
    return reply(mail_login_link(state_of(request), await read_arguments(request)))


async def send(request: Request) -> Response:
    return reply(mail_link(state_of(request), await read_arguments(request)))


def mail_login_link(state: State, arguments: Arguments) -> Document:
    """Send a login link to an active user, a sign-up link to a pending or a new one."""
    email = arguments.email("email")
    if email == sandbox.EMAIL:
        return _SANDBOX_FIELDS | {"user_created": False}
    known = state.users.find_by_email(email)
    terms = _login_terms(state, known, arguments)
    status: UserStatus = "pending" if arguments.flag("create_user_as_pending") else "active"
    state.mailer.reserve(email)
    user = known or state.users.create(email, status)
    if known is None:
        state.webhooks.tell("CREATE", user)
    return _mail(state, user, email, terms) | {"user_created": known is None}


def mail_link(state: State, arguments: Arguments) -> Document:
    """Send a link to a known address, or one that adds the address to the named user."""
    email = arguments.email("email")
    if email == sandbox.EMAIL:
        return _SANDBOX_FIELDS
    owner = state.users.find_by_email(email)
    user = _named_user(state, arguments) or owner
    if user is None:
        raise StytchError(ErrorType.EMAIL_NOT_FOUND)
    if owner is not None and owner["user_id"] != user["user_id"]:
        raise StytchError(ErrorType.DUPLICATE_EMAIL)
    terms = _login_terms(state, user, arguments)
    state.mailer.reserve(email)
    if owner is None:
        state.users.add_email(user, email)
        state.webhooks.tell("UPDATE", user)
    return _mail(state, user, email, terms)


async def invite(request: Request) -> Response:
    """Invite a new user, pending until the link is used, or a pending user once more."""
    state, arguments = state_of(request), await read_arguments(request)
    email = arguments.email("email")
    if email == sandbox.EMAIL:
        return reply(_SANDBOX_FIELDS)
    known = state.users.find_by_email(email)
    if known is not None and known["status"] == "active":
        raise StytchError(ErrorType.DUPLICATE_EMAIL)
    terms = read_link_terms("invite", arguments, state.config)
    profile = _read_profile(arguments)
    state.mailer.reserve(email)
    user = known or state.users.create(email, "pending")
    invited = user | profile
    state.users.save(invited)
    state.webhooks.tell("CREATE" if known is None else "UPDATE", invited)
    return reply(_mail(state, user, email, terms))


async def revoke_invite(request: Request) -> Response:
    """Make the invitations that were sent to the address useless."""
    state, arguments = state_of(request), await read_arguments(request)
    email = arguments.email("email")
    if email == sandbox.EMAIL:
        return reply({})
    user = state.users.find_by_email(email)
    if user is None:
        raise StytchError(ErrorType.EMAIL_NOT_FOUND)
    state.links.revoke_invites(user["user_id"])
    return reply({})


def _login_terms(state: State, user: Document | None, arguments: Arguments) -> LinkTerms:
    active = user is not None and user["status"] == "active"
    return read_link_terms("login" if active else "signup", arguments, state.config)


def _named_user(state: State, arguments: Arguments) -> Document | None:
    name = arguments.at_most_one_of(
        ("user_id", "session_token", "session_jwt"), ErrorType.TOO_MANY_USER_SELECTION_ARGUMENTS
    )
    if name is None:
        return None
    value = arguments.required_text(name)
    if name != "user_id":
        value = state.sessions.find(name, value)["user_id"]
    return state.users.find(value)


def _read_profile(arguments: Arguments) -> Document:
    """Read the parts of the user that an invitation sets."""
    name = arguments.nested("name")
    metadata = {
        kind: merge_metadata({}, arguments.mapping(kind) or {})
        for kind in ("trusted_metadata", "untrusted_metadata")
        if kind in arguments
    }
    return metadata | ({"name": name_object(name)} if name else {})


def _mail(state: State, user: Document, email: str, terms: LinkTerms) -> Document:
    email_id = email_id_of(user, email)
    token = state.links.issue(terms, user["user_id"], email_id)
    state.mailer.send(terms.kind, email, terms.redirect_url, token)
    return {"user_id": user["user_id"], "email_id": email_id}
