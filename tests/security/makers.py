"""How each kind of credential is made, with what has to be known of it to judge it.

A credential is made anew for each cell, since a cell may use it up. What a cell then has to answer
is not said here: `rules` derives it.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.security.people import People, Person, Provider
from tests.security.tokens import forged, hs256

UNKNOWN_TOKEN = "A" * 44
JWT_COOKIE, TOKEN_COOKIE = "stytch_session_jwt", "stytch_session"


class Sent(NamedTuple):
    """Headers of a request, and what is true of whoever sends them.

    `refused` is the code with which the credential is refused at sight, `refused_by_provider` the
    one when the provider is asked about it. `is_unreadable` says that the header itself is no
    credential at all.
    """

    headers: dict[str, str]
    person: Person | None = None
    refused: str | None = None
    refused_by_provider: str | None = None
    is_admin: bool = False
    may_be_admin: bool = False
    is_deleted: bool = False
    is_cross_site: bool = False
    is_unreadable: bool = False


Make = Callable[[People], Sent]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def cookies(*pairs: tuple[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in pairs)}


def client_context(person: Person) -> str:
    """What the gateway would send of the person, in a place where it must not be believed."""
    user = {"sub": person.id, "email": person.email, "app_metadata": {"roles": ["admin"]}}
    netlify = base64.b64encode(json.dumps({"user": user}).encode()).decode()
    return base64.b64encode(json.dumps({"custom": {"netlify": netlify}}).encode()).decode()


def good(provider: Provider, *roles: str, how: str = "jwt") -> Make:
    """Somebody who has signed in, known by a bearer or by both cookies."""

    def make(people: People) -> Sent:
        person = people.new(provider, *roles)
        headers = {
            "jwt": bearer(person.jwt),
            "token": bearer(person.token),
            "cookies": cookies((JWT_COOKIE, person.jwt), (TOKEN_COOKIE, person.token)),
            "jwt cookie": cookies((JWT_COOKIE, person.jwt)),
            "token cookie": cookies((TOKEN_COOKIE, person.token)),
        }[how]
        return sent_by(headers, person, *roles)

    return make


def sent_by(headers: dict[str, str], person: Person, *roles: str) -> Sent:
    is_admin = "admin" in roles
    may_be_admin = is_admin or person.provider == "stytch"
    return Sent(headers, person, is_admin=is_admin, may_be_admin=may_be_admin)


def refused(code: str, headers: Callable[[People, Person], dict[str, str]]) -> Make:
    """A credential that is refused at sight; made with the help of a good member of Stytch's."""
    return lambda people: Sent(headers(people, people.new("stytch", "admin")), refused=code)


def identity(code: str, **changes: object) -> Make:
    """An Identity token with other claims."""

    def make(people: People) -> Sent:
        token = people.identity_token(people.new("netlify", "admin"), **changes)
        return Sent(bearer(token), refused=code)

    return make


def session(code: str, **changes: Any) -> Make:
    """A session JWT with other claims, signed by Stytch's key."""

    def make(people: People) -> Sent:
        token = people.session_jwt(people.new("stytch", "admin"), **changes)
        return Sent(bearer(token), refused=code)

    return make


def custom_domain(people: People) -> Sent:
    """Signed by Stytch for another domain than the one that is set."""
    token = people.session_jwt(people.new("stytch", "admin"), iss="https://login.example.com")
    return Sent(bearer(token), refused="token_invalid")


def bearer_beside_cookies(how: str) -> Make:
    """A bad bearer decides, whatever the cookies; a good one as well."""

    def make(people: People) -> Sent:
        admin = people.new("stytch", "admin")
        jar = cookies((JWT_COOKIE, admin.jwt), (TOKEN_COOKIE, admin.token))
        if how == "bad":
            return Sent(bearer(forged(admin.jwt)) | jar, refused="token_invalid")
        member = people.new("netlify")
        return sent_by(bearer(member.jwt) | jar, member)

    return make


def two_cookies(first: str, second: str) -> Make:
    """Two cookies of one name, as from two paths or domains: any good one is enough."""

    def make(people: People) -> Sent:
        person = people.new("stytch")
        kinds = {
            "good token": (TOKEN_COOKIE, person.token),
            "good jwt": (JWT_COOKIE, person.jwt),
            "unknown token": (TOKEN_COOKIE, UNKNOWN_TOKEN),
            "forged jwt": (JWT_COOKIE, forged(person.jwt)),
        }
        return sent_by(cookies(kinds[first], kinds[second]), person)

    return make


def cross_site(people: People) -> Sent:
    """Good cookies, sent by a page of another site."""
    made = good("stytch", "admin", how="cookies")(people)
    origin = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    return made._replace(headers=made.headers | origin, is_cross_site=True)


def context_in_header(name: str) -> Make:
    return refused("no_credentials", lambda people, person: {name: client_context(person)})


def unreadable(header: str) -> Make:
    return lambda _: Sent(
        {"Authorization": header}, refused="authorization_unsupported", is_unreadable=True
    )


def wrong_secret(people: People) -> Sent:
    person = people.new("netlify", "admin")
    return Sent(bearer(hs256(claims_of(person), b"x" * 32)), refused="token_invalid")


def claims_of(person: Person) -> dict[str, object]:
    roles = {"roles": ["admin"]}
    exp = int(time.time()) + 600
    return {"sub": person.id, "email": person.email, "exp": exp, "app_metadata": roles}
