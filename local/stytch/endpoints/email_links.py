"""POST /v1/magic_links/email/…: every call that sends a link, and the one that takes it back."""

from __future__ import annotations

from local.store import Document
from local.stytch import sandbox
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields
from local.stytch.magic_links import LinkTerms, read_terms
from local.stytch.metadata import merge_metadata
from local.stytch.project import Project
from local.stytch.user_object import UserStatus, name_object
from local.stytch.users import email_id_of

_SANDBOX_REPLY = {"user_id": sandbox.USER_ID, "email_id": sandbox.EMAIL_ID}


class EmailLinks:
    def __init__(self, project: Project) -> None:
        self._project = project

    def login_or_create(self, fields: Fields) -> Document:
        """A login link to an active user, a sign-up link to a pending or a new one."""
        email = fields.email("email")
        if email == sandbox.EMAIL:
            return _SANDBOX_REPLY | {"user_created": False}
        known = self._project.users.find_by_email(email)
        terms = self._login_terms(known, fields)
        status: UserStatus = "pending" if fields.flag("create_user_as_pending") else "active"
        self._project.mail.reserve(email)
        user = known or self._project.users.create(email, status)
        return self._mail(user, email, terms) | {"user_created": known is None}

    def send(self, fields: Fields) -> Document:
        """A link to a known address, or one that adds the address to the user named."""
        email = fields.email("email")
        if email == sandbox.EMAIL:
            return _SANDBOX_REPLY
        owner = self._project.users.find_by_email(email)
        user = self._named_user(fields) or owner
        if user is None:
            raise StytchError(ErrorType.EMAIL_NOT_FOUND)
        if owner is not None and owner["user_id"] != user["user_id"]:
            raise StytchError(ErrorType.DUPLICATE_EMAIL)
        terms = self._login_terms(user, fields)
        self._project.mail.reserve(email)
        if owner is None:
            self._project.users.add_email(user, email)
        return self._mail(user, email, terms)

    def invite(self, fields: Fields) -> Document:
        """An invitation to a new user, pending until it is used, or once more to a pending one."""
        email = fields.email("email")
        if email == sandbox.EMAIL:
            return _SANDBOX_REPLY
        known = self._project.users.find_by_email(email)
        if known is not None and known["status"] == "active":
            raise StytchError(ErrorType.DUPLICATE_EMAIL)
        terms = read_terms("invite", fields, self._project.config)
        profile = _read_profile(fields)
        self._project.mail.reserve(email)
        user = known or self._project.users.create(email, "pending")
        self._project.users.save(user | profile)
        return self._mail(user, email, terms)

    def revoke_invite(self, fields: Fields) -> Document:
        """Invitations sent to the address can no longer be used."""
        email = fields.email("email")
        if email == sandbox.EMAIL:
            return {}
        user = self._project.users.find_by_email(email)
        if user is None:
            raise StytchError(ErrorType.EMAIL_NOT_FOUND)
        self._project.links.revoke_invites(user["user_id"])
        return {}

    def _login_terms(self, user: Document | None, fields: Fields) -> LinkTerms:
        active = user is not None and user["status"] == "active"
        return read_terms("login" if active else "signup", fields, self._project.config)

    def _named_user(self, fields: Fields) -> Document | None:
        name = fields.at_most_one_of(
            ("user_id", "session_token", "session_jwt"),
            ErrorType.TOO_MANY_USER_SELECTION_ARGUMENTS,
        )
        if name is None:
            return None
        value = fields.text(name)
        if name != "user_id":
            value = self._project.sessions.find(name, value)["user_id"]
        return self._project.users.find(value)

    def _mail(self, user: Document, email: str, terms: LinkTerms) -> Document:
        email_id = email_id_of(user, email)
        token = self._project.links.issue(terms, user["user_id"], email_id)
        self._project.mail.send(terms.kind, email, terms.redirect_url, token)
        return {"user_id": user["user_id"], "email_id": email_id}


def _read_profile(fields: Fields) -> Document:
    """The parts of the user that an invitation sets."""
    name = fields.nested("name")
    metadata = {
        kind: merge_metadata({}, fields.mapping(kind) or {})
        for kind in ("trusted_metadata", "untrusted_metadata")
        if kind in fields
    }
    return metadata | ({"name": name_object(name)} if name else {})
