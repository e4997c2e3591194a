"""Credentials, good and bad, of every kind."""

from __future__ import annotations

import math
import time
from typing import NamedTuple

from local.settings import LOCAL_IDENTITY_SECRET
from tests.security.makers import (
    JWT_COOKIE,
    TOKEN_COOKIE,
    UNKNOWN_TOKEN,
    Make,
    Sent,
    bearer,
    bearer_beside_cookies,
    claims_of,
    context_in_header,
    cookies,
    cross_site,
    custom_domain,
    good,
    identity,
    refused,
    session,
    two_cookies,
    unreadable,
    wrong_secret,
)
from tests.security.taken_away import (
    deleted_here,
    demoted,
    old_session_jwt,
    old_session_jwt_of_an_ended_session,
    removed,
    revoked,
    stale_session_jwt,
)
from tests.security.tokens import forged, hs256, past, unsigned


class Credential(NamedTuple):
    """A kind of credential by its name."""

    name: str
    make: Make


SECRET = LOCAL_IDENTITY_SECRET.encode()
SESSION = "https://stytch.com/session"

CREDENTIALS = [
    Credential(name, make)
    for name, make in {
        # Good ones.
        "identity member": good("netlify"),
        "identity admin": good("netlify", "admin"),
        "stytch jwt, member": good("stytch"),
        "stytch jwt, admin": good("stytch", "admin"),
        "stytch token, member": good("stytch", how="token"),
        "stytch token, admin": good("stytch", "admin", how="token"),
        "stytch cookies, member": good("stytch", how="cookies"),
        "stytch cookies, admin": good("stytch", "admin", how="cookies"),
        "stytch jwt cookie": good("stytch", how="jwt cookie"),
        "stytch token cookie": good("stytch", how="token cookie"),
        "stytch jwt, stale": stale_session_jwt,
        "stytch jwt, expired, session goes on": old_session_jwt,
        # What was taken away.
        "identity admin, removed": removed("netlify"),
        "identity admin, demoted": demoted("netlify"),
        "identity admin, deleted here": deleted_here("netlify"),
        "stytch admin, removed, jwt": removed("stytch"),
        "stytch admin, removed, token": removed("stytch", "token"),
        "stytch admin, demoted": demoted("stytch"),
        "stytch admin, deleted here": deleted_here("stytch"),
        "stytch session revoked, jwt": revoked("jwt"),
        "stytch session revoked, token": revoked("token"),
        "stytch session revoked, old jwt": old_session_jwt_of_an_ended_session,
        # Nothing, and what is no credential.
        "nothing": lambda _: Sent({}, refused="no_credentials"),
        "basic": unreadable("Basic YWRhOmxhdGNoa2V5"),
        "bearer without a token": unreadable("Bearer"),
        "token without a scheme": unreadable(UNKNOWN_TOKEN),
        "clientContext in X-Amz-Client-Context": context_in_header("X-Amz-Client-Context"),
        "clientContext in Lambda-Runtime-Client-Context": context_in_header(
            "Lambda-Runtime-Client-Context"
        ),
        "clientContext in X-Nf-Client-Context": context_in_header("X-Nf-Client-Context"),
        # Identity's tokens.
        "identity, expired": identity("token_expired", exp=past()),
        "identity, no exp": identity("token_invalid", exp=None),
        "identity, exp is a text": identity("token_invalid", exp="never"),
        "identity, not yet valid": identity("token_invalid", nbf=int(time.time()) + 3000),
        "identity, no sub": identity("token_invalid", sub=None),
        "identity, empty sub": identity("identity_user_incomplete", sub=""),
        "identity, no email": identity("identity_user_incomplete", email=None),
        "identity, email is no address": identity("identity_user_incomplete", email="ada"),
        "identity, wrong secret": wrong_secret,
        "identity, alg none": refused(
            "token_invalid", lambda people, _: bearer(unsigned(people.new("netlify").jwt, "none"))
        ),
        "identity, alg nOnE": refused(
            "token_invalid", lambda people, _: bearer(unsigned(people.new("netlify").jwt, "nOnE"))
        ),
        "identity, no signature": refused(
            "token_invalid", lambda people, _: bearer(unsigned(people.new("netlify").jwt, "HS256"))
        ),
        "identity, HS512": refused(
            "token_invalid",
            lambda people, _: bearer(hs256(claims_of(people.new("netlify")), SECRET, alg="HS512")),
        ),
        "identity, the operator's token": refused(
            "identity_user_incomplete",
            lambda *_: bearer(hs256({"sub": "0", "exp": int(time.time()) + 60}, SECRET)),
        ),
        # Stytch's session JWTs.
        "stytch jwt, forged": refused(
            "token_invalid", lambda _, person: bearer(forged(person.jwt))
        ),
        "stytch jwt, alg none": refused(
            "token_invalid", lambda _, person: bearer(unsigned(person.jwt, "none"))
        ),
        "stytch jwt, no signature": refused(
            "unknown_key", lambda _, person: bearer(unsigned(person.jwt, "RS256"))
        ),
        "stytch jwt, RS256 key as an HS256 secret": refused(
            "token_invalid", lambda people, person: bearer(people.confused_jwt(person))
        ),
        "stytch jwt, Identity's secret": refused(
            "identity_user_incomplete",
            lambda _, person: bearer(hs256({**claims_of(person), "email": None}, SECRET)),
        ),
        "stytch jwt, wrong iss": session("token_invalid", iss="stytch.com/project-test-other"),
        "stytch jwt, another domain": custom_domain,
        "stytch jwt, wrong aud": session("token_invalid", aud=["project-test-other"]),
        "stytch jwt, no aud": session("token_invalid", aud=None),
        "stytch jwt, no exp": session("token_invalid", exp=None),
        "stytch jwt, exp is NaN": session("token_invalid", exp=math.nan),
        "stytch jwt, exp is infinite": session("token_invalid", exp=math.inf),
        "stytch jwt, not yet valid": session("token_invalid", nbf=int(time.time()) + 3000),
        "stytch jwt, iat in the future": session("token_invalid", iat=int(time.time()) + 3000),
        "stytch jwt, no session claim": session("not_a_session", **{SESSION: None}),
        "stytch jwt, session claim is a text": session("not_a_session", **{SESSION: "session"}),
        "stytch jwt, not a user's": session("not_a_session", sub="m2m-client-test-1"),
        "stytch m2m token": refused(
            "not_a_session", lambda people, person: bearer(people.access_token("m2m", person))
        ),
        "stytch connected-app token": refused(
            "not_a_session",
            lambda people, person: bearer(people.access_token("connected_app", person)),
        ),
        # Stytch's opaque tokens, and garbage.
        "stytch token, unknown": refused("session_invalid", lambda *_: bearer(UNKNOWN_TOKEN)),
        "stytch token, too short": refused("token_malformed", lambda *_: bearer("A" * 19)),
        "stytch token, too long": refused("token_malformed", lambda *_: bearer("A" * 129)),
        "stytch token, SQL": refused("token_malformed", lambda *_: bearer("' OR '1'='1' -- ")),
        "dots": refused("token_malformed", lambda *_: bearer("...")),
        "a nested header": refused("token_malformed", lambda *_: bearer("W1tbW1tb.e30.x")),
        "a header that is no object": refused("token_malformed", lambda *_: bearer("MQ.e30.x")),
        "10,000 characters": refused("token_malformed", lambda *_: bearer("A" * 9990 + ".e30.x")),
        # Cookies, and two at once.
        "cookie, unknown token": refused(
            "session_invalid", lambda *_: cookies((TOKEN_COOKIE, UNKNOWN_TOKEN))
        ),
        "cookie, garbage": refused("token_malformed", lambda *_: cookies((TOKEN_COOKIE, "{}"))),
        "jwt cookie, forged": refused(
            "token_invalid", lambda _, person: cookies((JWT_COOKIE, forged(person.jwt)))
        ),
        "jwt cookie, Identity's": refused(
            "token_invalid", lambda people, _: cookies((JWT_COOKIE, people.new("netlify").jwt))
        ),
        "empty cookies": refused(
            "no_credentials", lambda *_: cookies((JWT_COOKIE, ""), (TOKEN_COOKIE, ""))
        ),
        "cookies of another name": refused(
            "no_credentials", lambda _, person: cookies(("nf_jwt", person.jwt))
        ),
        "cookies, another site's request": cross_site,
        "two token cookies, the first good": two_cookies("good token", "unknown token"),
        "two token cookies, the second good": two_cookies("unknown token", "good token"),
        "forged jwt cookie, good token cookie": two_cookies("forged jwt", "good token"),
        "good jwt cookie, unknown token cookie": two_cookies("good jwt", "unknown token"),
        "two jwt cookies, the second good": two_cookies("forged jwt", "good jwt"),
        "good identity bearer, admin's cookies": bearer_beside_cookies("good"),
        "forged bearer, admin's cookies": bearer_beside_cookies("bad"),
        "token in the query": refused("no_credentials", lambda *_: {"X-Token": UNKNOWN_TOKEN}),
    }.items()
]
