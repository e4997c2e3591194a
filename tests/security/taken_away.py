"""Credentials of people from whom a session, a role or the account was taken away, or time."""

from __future__ import annotations

from tests.security.makers import Make, Sent, bearer, sent_by
from tests.security.people import People, Provider
from tests.security.tokens import past


def old_session_jwt(people: People) -> Sent:
    """Genuine and no longer fresh: Stytch is asked, and knows the session."""
    person = people.new("stytch")
    return sent_by(bearer(people.session_jwt(person, iat=past(), exp=past(3300))), person)


def stale_session_jwt(people: People) -> Sent:
    """Older than STYTCH_JWT_MAX_AGE, but not expired."""
    person = people.new("stytch")
    return sent_by(bearer(people.session_jwt(person, iat=past())), person)


def old_session_jwt_of_an_ended_session(people: People) -> Sent:
    person = people.new("stytch", "admin")
    people.end_session(person)
    token = people.session_jwt(person, iat=past(), exp=past(3300))
    return Sent(bearer(token), refused="session_invalid")


def revoked(how: str) -> Make:
    def make(people: People) -> Sent:
        person = people.new("stytch", "admin")
        people.end_session(person)
        if how == "token":
            return Sent(bearer(person.token), refused="session_invalid")
        return Sent(
            bearer(person.jwt),
            person,
            may_be_admin=True,
            refused_by_provider="session_invalid",
        )

    return make


def removed(provider: Provider, how: str = "jwt") -> Make:
    """The provider has removed the person; the token is still valid by itself."""

    def make(people: People) -> Sent:
        person = people.new(provider, "admin")
        people.remove(person)
        if how == "token":
            return Sent(bearer(person.token), refused="session_invalid")
        code = "token_invalid" if provider == "netlify" else "session_invalid"
        return Sent(bearer(person.jwt), person, may_be_admin=True, refused_by_provider=code)

    return make


def demoted(provider: Provider) -> Make:
    """The provider has taken the admin's role away; Identity's token still names it."""

    def make(people: People) -> Sent:
        person = people.new(provider, "admin")
        people.take_roles(person)
        return Sent(bearer(person.jwt), person, may_be_admin=True)

    return make


def deleted_here(provider: Provider) -> Make:
    """Marked as deleted here, while the provider still knows them: the second step failed."""

    def make(people: People) -> Sent:
        person = people.new(provider, "admin")
        people.mark_deleted(person)
        return sent_by(bearer(person.jwt), person, "admin")._replace(is_deleted=True)

    return make
