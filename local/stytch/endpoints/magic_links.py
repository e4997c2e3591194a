"""POST /v1/magic_links/authenticate: a link's token becomes a proven address, and a session."""

from __future__ import annotations

from local.store import Document
from local.stytch import pkce
from local.stytch.attributes import check_match, read_attributes
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields
from local.stytch.project import Project
from local.stytch.session_terms import SessionTerms, read_session_terms
from local.stytch.sessions import email_link_factor, session_object
from local.stytch.users import email_of


class MagicLinkAuthentication:
    def __init__(self, project: Project) -> None:
        self._project = project

    def authenticate(self, fields: Fields) -> Document:
        """A failed call leaves the link usable; a good one is the link's last."""
        link = self._project.links.find(fields.text("token"))
        attributes = read_attributes(fields)
        check_match(link["attributes"], attributes, fields.nested("options"))
        pkce.check_verifier(link["code_challenge"], fields.optional_text("code_verifier"))
        terms = read_session_terms(fields, self._project.config.max_session_minutes)
        current = self._current_session(link["user_id"], fields)
        self._project.links.spend(link)
        user = self._project.users.confirm(link["user_id"], link["email_id"])
        session = self._join_or_start(link, user, current, terms, attributes)
        return {
            "user_id": user["user_id"],
            "method_id": link["email_id"],
            "user": user,
            "reset_sessions": False,
            "user_device": None,
        } | self._session_fields(session, user["roles"])

    def _current_session(self, user_id: str, fields: Fields) -> Document | None:
        """The caller's own session, to which the link may add a factor."""
        name = fields.at_most_one_of(
            ("session_token", "session_jwt"), ErrorType.TOO_MANY_SESSION_ARGUMENTS
        )
        if name is None:
            return None
        session = self._project.sessions.find(name, fields.text(name))
        if session["user_id"] != user_id:
            raise StytchError(ErrorType.SESSION_NOT_FOUND)
        return session

    def _join_or_start(
        self,
        link: Document,
        user: Document,
        current: Document | None,
        terms: SessionTerms,
        attributes: Document | None,
    ) -> Document | None:
        sessions = self._project.sessions
        email = email_of(user, link["email_id"])
        factor = email_link_factor(link["email_id"], email, self._project.clock.now())
        if current is not None:
            return sessions.renew(sessions.add_factor(current, factor), terms)
        if terms.minutes is None:
            return None
        return sessions.start(
            user["user_id"],
            terms.minutes,
            terms.custom_claims,
            factor=factor,
            attributes=attributes,
        )

    def _session_fields(self, session: Document | None, roles: list[str]) -> Document:
        if session is None:
            return {"session": None, "session_token": "", "session_jwt": ""}
        return {
            "session": session_object(session, roles),
            "session_token": session["token"],
            "session_jwt": self._project.tokens.mint(session, roles),
        }
