"""The users' sessions: started, found by token or JWT or id, extended, revoked."""

from __future__ import annotations

from local.kit.clock import Clock
from local.kit.store import Document, Store, merged
from local.stytch.errors import ErrorType, StytchError
from local.stytch.ids import is_id, is_session_token, new_id, new_session_token
from local.stytch.state import sandbox
from local.stytch.terms import SessionTerms
from local.stytch.tokens import Tokens


class Sessions:
    """Holds the active sessions; one that was revoked or has expired is not found."""

    def __init__(self, store: Store, clock: Clock, tokens: Tokens) -> None:
        self._sessions = store.collection("stytch_sessions")
        self._clock = clock
        self._tokens = tokens

    def start(
        self,
        user_id: str,
        minutes: int,
        custom_claims: Document,
        *,
        factor: Document,
        attributes: Document | None,
    ) -> Document:
        now = self._clock.now()
        session = {
            "session_id": new_id("session"),
            "token": new_session_token(),
            "user_id": user_id,
            "started_at": now,
            "last_accessed_at": now,
            "expires_at": now + minutes * 60,
            "attributes": attributes,
            "authentication_factors": [factor],
            "custom_claims": merged({}, custom_claims),
        }
        self._save(session)
        return session

    def find(self, argument: str, value: str) -> Document:
        """Return the session that a call names: `session_token`, `session_jwt` or `session_id`.

        Raises `session_not_found`, or the argument's own error for a malformed value.
        """
        if argument == "session_token":
            return self._by_token(value)
        if argument == "session_jwt":
            return self._by_id(self._tokens.session_id(value))
        if not is_id("session", value):
            raise StytchError(ErrorType.INVALID_SESSION_ID)
        return self._by_id(value)

    def active_of(self, user_id: str) -> list[Document]:
        if user_id == sandbox.USER_ID:
            return [sandbox.session(self._clock.now())]
        return [one for one in self._sessions.find(user_id=user_id) if self._is_active(one)]

    def renew(self, session: Document, terms: SessionTerms) -> Document:
        """Record an access; the terms may move the end and merge custom claims."""
        now = self._clock.now()
        changes: Document = {"last_accessed_at": now}
        if terms.minutes is not None:
            changes["expires_at"] = now + terms.minutes * 60
        changes["custom_claims"] = merged(session["custom_claims"], terms.custom_claims)
        renewed = session | changes
        self._save(renewed)
        return renewed

    def add_factor(self, session: Document, factor: Document) -> Document:
        """Return the session with a further factor, or with one that was used once more."""
        factors = {_email_id(known): known for known in session["authentication_factors"]}
        first_use = factors.get(_email_id(factor), factor)
        factors[_email_id(factor)] = factor | {"created_at": first_use["created_at"]}
        joined = session | {"authentication_factors": list(factors.values())}
        self._save(joined)
        return joined

    def with_id(self, session_id: str) -> Document | None:
        """Return a session, active or not; None where there is none."""
        return self._sessions.get(session_id)

    def expire(self, session: Document) -> None:
        """Let the session end now."""
        self._save(session | {"expires_at": self._clock.now()})

    def revoke(self, session: Document) -> None:
        self._sessions.delete(session["session_id"])

    def forget(self, user_id: str) -> None:
        """Delete the sessions of a user who is being deleted."""
        for session in self._sessions.find(user_id=user_id):
            self.revoke(session)

    def clear(self) -> None:
        self._sessions.clear()

    def _by_token(self, token: str) -> Document:
        if not is_session_token(token):
            raise StytchError(ErrorType.INVALID_SESSION_TOKEN)
        if token == sandbox.SESSION_TOKEN:
            return sandbox.session(self._clock.now())
        return self._active(next(self._sessions.find(token=token), None))

    def _by_id(self, session_id: str) -> Document:
        if session_id == sandbox.SESSION_ID:
            return sandbox.session(self._clock.now())
        return self._active(self._sessions.get(session_id))

    def _active(self, session: Document | None) -> Document:
        if session is None or not self._is_active(session):
            raise StytchError(ErrorType.SESSION_NOT_FOUND)
        return session

    def _is_active(self, session: Document) -> bool:
        return bool(session["expires_at"] > self._clock.now())

    def _save(self, session: Document) -> None:
        """Keep the session; the sandbox session never changes."""
        if session["session_id"] != sandbox.SESSION_ID:
            self._sessions.put(session["session_id"], session)


def _email_id(factor: Document) -> str:
    return str(factor["email_factor"]["email_id"])
