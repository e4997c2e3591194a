"""/v1/sessions: check, list and revoke sessions; publish the keys."""

from __future__ import annotations

from local.store import Document
from local.stytch.errors import ErrorType, StytchError
from local.stytch.fields import Fields
from local.stytch.project import Project
from local.stytch.session_terms import read_session_terms
from local.stytch.sessions import session_object


class SessionEndpoints:
    def __init__(self, project: Project) -> None:
        self._project = project

    def authenticate(self, fields: Fields) -> Document:
        """POST /v1/sessions/authenticate: the session, its user and a fresh JWT."""
        terms = read_session_terms(fields, self._project.config.max_session_minutes)
        session = self._named_session(fields)
        if "authorization_check" in fields:
            # The emulated project has no RBAC policy, so that no role grants anything.
            raise StytchError(ErrorType.SESSION_AUTHORIZATION_ERROR)
        user = self._project.users.find(session["user_id"])
        renewed = self._project.sessions.renew(session, terms)
        return {
            "session": session_object(renewed, user["roles"]),
            "session_token": renewed["token"],
            "session_jwt": self._project.tokens.mint(renewed, user["roles"]),
            "user": user,
        }

    def revoke(self, fields: Fields) -> Document:
        """POST /v1/sessions/revoke: its token is dead at once; its JWTs live until they expire."""
        name = fields.at_most_one_of(
            ("session_id", "session_token", "session_jwt"),
            ErrorType.TOO_MANY_SESSION_REVOKE_ARGUMENTS,
        )
        if name is None:
            raise StytchError(ErrorType.NO_SESSION_REVOKE_ARGUMENTS)
        self._project.sessions.revoke(self._project.sessions.find(name, fields.text(name)))
        return {}

    def get(self, fields: Fields) -> Document:
        """GET /v1/sessions?user_id=: the user's active sessions."""
        user = self._project.users.find(fields.text("user_id"))
        active = self._project.sessions.active_of(user["user_id"])
        return {"sessions": [session_object(session, user["roles"]) for session in active]}

    def jwks(self, fields: Fields) -> Document:
        """GET /v1/sessions/jwks/{project_id}: no credentials needed."""
        if fields.text("project_id") != self._project.config.project_id:
            raise StytchError(ErrorType.PROJECT_NOT_FOUND)
        return {"keys": self._project.keys.jwks()}

    def _named_session(self, fields: Fields) -> Document:
        name = fields.at_most_one_of(
            ("session_token", "session_jwt"), ErrorType.TOO_MANY_SESSION_ARGUMENTS
        )
        if name is None:
            raise StytchError(ErrorType.NO_SESSION_ARGUMENTS)
        return self._project.sessions.find(name, fields.text(name))
