"""Both emulators with people who have signed in, and the credentials that they could bring."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
import requests

from local.kit.store import Store
from shared.auth.client_context import Identity, NetlifyContext
from tests.support.configuration import IDENTITY_SECRET, PROJECT_ID
from tests.support.signing import session_claims
from tests.support.stytch_emulator import Emulator
from tests.support.upstreams import Upstream, identity_emulator, serving, stytch_emulator

OPAQUE_UNKNOWN = "A" * 44


@dataclass
class World:
    """Both emulators, and people who have signed in."""

    stytch: Upstream
    identity: Upstream
    emulator: Emulator
    stytch_user_id: str
    stytch_jwt: str
    stytch_token: str
    identity_user_id: str
    identity_token: str

    @property
    def calls(self) -> list[str]:
        return self.stytch.calls + self.identity.calls

    @property
    def stytch_keys(self) -> str:
        """The keys that Stytch publishes now, as the setting `STYTCH_JWKS` takes them."""
        return requests.get(f"{self.stytch.url}/v1/sessions/jwks/{PROJECT_ID}", timeout=10).text

    def forget_calls(self) -> None:
        self.stytch.calls.clear()
        self.identity.calls.clear()


@contextmanager
def world_with_its_store_at(path: Path) -> Iterator[World]:
    with (
        serving(lambda url: stytch_emulator(url, Store(path))) as stytch,
        serving(lambda url: identity_emulator(url, Store())) as identity,
    ):
        emulator = Emulator(stytch.url, path)
        session = emulator.sign_in("ada@example.com")
        token, user_id = identity_user(identity.url, "grace@example.com")
        yield World(
            stytch,
            identity,
            emulator,
            session.user_id,
            session.session_jwt,
            session.session_token,
            user_id,
            token,
        )


def identity_user(url: str, email: str) -> tuple[str, str]:
    person = {"email": email, "password": "correct horse"}
    requests.post(f"{url}/signup", json=person, timeout=10).raise_for_status()
    form = {"grant_type": "password", "username": email, "password": "correct horse"}
    token = requests.post(f"{url}/token", data=form, timeout=10).json()["access_token"]
    return token, jwt.decode(token, options={"verify_signature": False})["sub"]


def context(world: World, **user: Any) -> NetlifyContext:
    claims = {"sub": world.identity_user_id, "email": "grace@example.com"} | user
    operator = jwt.encode({"exp": int(time.time()) + 60, "sub": "0"}, IDENTITY_SECRET)
    return NetlifyContext(Identity(world.identity.url, operator), claims)


def credentials_for(world: World, what: str) -> dict[str, Any]:
    """Credentials by a short name."""
    return _CREDENTIALS[what](world)


_CREDENTIALS: dict[str, Callable[[World], dict[str, Any]]] = {
    "nothing": lambda _: {},
    "netlify user": lambda world: {"netlify": context(world)},
    "netlify user, expired": lambda world: {"netlify": context(world, exp=time.time() - 1)},
    "netlify user, no email": lambda world: {"netlify": context(world, email=None)},
    "netlify without user": lambda world: {"netlify": NetlifyContext(None, None)},
    "identity token": lambda world: {"bearer": world.identity_token},
    "identity token, forged": lambda world: {"bearer": _identity_jwt(secret="x" * 32)},
    "identity token, expired": lambda world: {"bearer": _identity_jwt(exp=1)},
    "jwt": lambda world: {"bearer": world.stytch_jwt},
    "jwt, unsigned": lambda world: {"bearer": jwt.encode(session_claims(), None, algorithm="none")},
    "jwt, forged": lambda world: {"bearer": forged(world.stytch_jwt)},
    "jwt, HS256": lambda world: {"bearer": _identity_jwt()},
    "jwt, too long": lambda world: {"bearer": world.stytch_jwt + "A" * 9000},
    "jwt, not ascii": lambda world: {"bearer": "é" + world.stytch_jwt},
    "opaque": lambda world: {"bearer": world.stytch_token},
    "opaque, unknown": lambda world: {"bearer": OPAQUE_UNKNOWN},
    "opaque, garbage": lambda world: {"bearer": "not a token"},
    "dots": lambda world: {"bearer": "..."},
    "nested header": lambda world: {"bearer": "W1tbW1tb.e30.x"},
    "empty": lambda world: {"bearer": ""},
    "cookies": lambda world: {
        "cookie_jwts": (world.stytch_jwt,),
        "cookie_tokens": (world.stytch_token,),
    },
    "jwt cookie": lambda world: {"cookie_jwts": (world.stytch_jwt,)},
    "token cookie": lambda world: {"cookie_tokens": (world.stytch_token,)},
    "token cookie, unknown": lambda world: {"cookie_tokens": (OPAQUE_UNKNOWN,)},
    "token cookie, garbage": lambda world: {"cookie_tokens": ("{}",)},
    "jwt cookie, garbage": lambda world: {"cookie_jwts": ("a.b.c",)},
    "jwt cookie, identity's": lambda world: {"cookie_jwts": (world.identity_token,)},
    "jwt cookie spoilt": lambda world: {
        "cookie_jwts": ("a.b.c",),
        "cookie_tokens": (world.stytch_token,),
    },
    "jwt cookies, one forged": lambda world: {
        "cookie_jwts": (forged(world.stytch_jwt), world.stytch_jwt)
    },
    "jwt cookie, token cookie unknown": lambda world: {
        "cookie_jwts": (world.stytch_jwt,),
        "cookie_tokens": (OPAQUE_UNKNOWN,),
    },
    "both cookies spoilt": lambda world: {"cookie_jwts": ("a.b.c",), "cookie_tokens": ("{}",)},
}


def _identity_jwt(secret: str = IDENTITY_SECRET, **claims: Any) -> str:
    whole = {"sub": "7", "email": "x@example.com", "exp": time.time() + 60} | claims
    return jwt.encode({k: v for k, v in whole.items() if k != "email"}, secret, algorithm="HS256")


def forged(token: str) -> str:
    """The token with another signature of the right form."""
    signed, _, signature = token.rpartition(".")
    first = "B" if signature.startswith("A") else "A"
    return f"{signed}.{first}{signature[1:]}"
