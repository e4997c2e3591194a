"""The same random requests to two servers, and where their answers differ.

A sequence belongs to its seed. Steps name what they use (the second session, the last mail to an
address), so that each server is sent its own tokens and ids. Two seconds pass with each step:
GoTrue keeps whole seconds, and lists by them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import jwt
import requests

from tests.contract.identity.caller import Identity

ADDRESSES = ("ada@example.com", "Bea@example.com", "cy@example.org", "bea@EXAMPLE.com", "no", "")
PASSWORDS = ("p", "correct horse", "pässwörd", "p" * 73, "")
DATA: tuple[Any, ...] = (
    None,
    {},
    {"full_name": "Lin"},
    {"full_name": None, "a": {"b": [1, None]}},
    {"a": None, "full_name": 7},
    {"n": 1.5, "big": 12345678901234567890, "e": 1e21, "text": "é\u2028<&>🔑"},
    [],
    "x",
)
ROLES = ("", "admin", " editor ", None, 7)
PERIODS = (1000, 90_000)
USERS_FORMS = ("{}", "{{{}}}", "{}x", "urn:uuid:{}")
COMPARED = ("content-type", "allow", "link", "x-total-count", "vary", "access-control-allow-origin")


class Step(NamedTuple):
    """One request; its texts have `{names}` of what the server has given before."""

    method: str
    path: str
    caller: str = ""
    json: Any = None
    form: Mapping[str, str] | None = None
    age: int = 0
    headers: Mapping[str, str] = {}


def sequence(seed: int, length: int) -> list[Step]:
    """The steps of a seed."""
    pick = random.Random(seed)
    makers = (*[_of_anybody] * 6, *[_of_a_user] * 4, *[_of_an_admin] * 4)
    first = [
        Step("POST", "/signup", json={"email": ADDRESSES[0], "password": PASSWORDS[0]}),
        Step("POST", "/verify", json={"type": "signup", "token": f"{{mail {ADDRESSES[0]}}}"}),
    ]
    return first + [pick.choice(makers)(pick) for _ in range(length)]


def _of_anybody(pick: random.Random) -> Step:
    email, password, data = pick.choice(ADDRESSES), pick.choice(PASSWORDS), pick.choice(DATA)
    session = f"{{refresh {pick.randrange(4)}}}"
    kind = pick.choice(("signup", "signup", "recovery", "x"))
    grant = {"grant_type": "password", "username": email, "password": password}
    audience = pick.choice(({}, {}, {}, {"X-JWT-AUD": "elsewhere"}))
    return pick.choice(
        (
            Step("POST", "/signup", json={"email": email, "password": password, "data": data}),
            Step("POST", "/token", form=grant, headers=audience),
            Step("POST", "/token", form={**grant, "username": ADDRESSES[0], "password": "p"}),
            Step("POST", "/token", form={"grant_type": "refresh_token", "refresh_token": session}),
            Step("POST", "/recover", json={"email": email}, headers=audience),
            Step("POST", "/verify", json=_verification(kind, email, password)),
            Step("GET", "/settings", age=pick.choice(PERIODS)),
        )
    )


def _verification(kind: str, email: str, password: str) -> dict[str, str]:
    return {"type": kind, "token": f"{{mail {email}}}", "password": password}


def _of_a_user(pick: random.Random) -> Step:
    caller = f"access {pick.randrange(4)}"
    change = {
        "email": pick.choice((*ADDRESSES, None, None)),
        "password": pick.choice((*PASSWORDS, None)),
        "data": pick.choice(DATA),
        "app_metadata": pick.choice((None, None, {"roles": ["x"]})),
        "email_change_token": pick.choice((None, None, f"{{mail {pick.choice(ADDRESSES)}}}", "x")),
    }
    names = pick.sample(sorted(change), pick.randrange(3))
    return pick.choice(
        (
            Step("GET", "/user", caller),
            Step("PUT", "/user", caller, json={name: change[name] for name in names}),
            Step("PUT", "/user", caller, json={"email": "new@example.com"}),
            Step("PUT", "/user", caller, json={"email_change_token": "{mail new@example.com}"}),
            Step("POST", "/logout", caller),
            Step("GET", "/admin/users", caller),
            Step("POST", "/invite", caller, json={"email": pick.choice(ADDRESSES)}),
        )
    )


def _of_an_admin(pick: random.Random) -> Step:
    user = pick.choice(USERS_FORMS[:1] * 6 + USERS_FORMS).format(f"{{user {pick.randrange(4)}}}")
    body = {
        "email": pick.choice(ADDRESSES),
        "password": pick.choice(PASSWORDS[:4]),
        "role": pick.choice(ROLES),
        "confirm": pick.choice((True, False, None)),
        "user_metadata": pick.choice(DATA),
        "app_metadata": pick.choice((None, {"roles": ["admin"]}, {"provider": None})),
    }
    made = {name: body[name] for name in pick.sample(sorted(body), 4)} | {"password": "p"}
    change = {name: body[name] for name in pick.sample(sorted(body), 2)}
    query = pick.choice(
        ("", "?per_page=1&page=2", "?page=7", "?sort=created_at asc", "?sort=email", "?page=x")
    )
    return pick.choice(
        (
            Step("POST", "/invite", "operator", json={k: body[k] for k in ("email",)}),
            Step("GET", f"/admin/users{query}", "operator"),
            Step("POST", "/admin/users", "operator", json=made),
            Step("GET", f"/admin/users/{user}", "operator"),
            Step("PUT", f"/admin/users/{user}", "operator", json=change),
            Step("DELETE", f"/admin/users/{user}", "operator"),
        )
    )


class Side:
    """One server: what it has given, and its answers without what is random in them."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._sessions: list[dict[str, Any]] = []
        self._users: list[str] = []

    def answer(self, step: Step) -> Any:
        """Send the step; returns what can be compared with the other server."""
        self._identity.clock.advance(2 + step.age)
        known = len(self._identity.mails())
        answer = self._identity.request(
            step.method,
            self._filled(step.path),
            json=self._filled_all(step.json),
            data=self._filled_all(step.form),
            headers={**self._bearer(step.caller), **step.headers},
        )
        self._remember(answer)
        mails = self._identity.mails()
        new = mails[: len(mails) - known]
        return {
            "status": answer.status_code,
            "body": self._plain(_content(answer)),
            "headers": self._headers(answer),
            "mails": [(one["to"], one["subject"], one["link"].partition("=")[0]) for one in new],
        }

    def _remember(self, answer: requests.Response) -> None:
        body = _content(answer)
        if isinstance(body, dict) and "refresh_token" in body:
            self._sessions.append(body)
        if isinstance(body, dict) and "id" in body and body["id"] not in self._users:
            self._users.append(body["id"])

    def _bearer(self, caller: str) -> dict[str, str]:
        if not caller:
            return {}
        if caller == "operator":
            return self._identity.operator()
        return {"Authorization": f"Bearer {self._filled('{' + caller + '}')}"}

    def _filled_all(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._filled_all(one) for name, one in value.items()}
        return self._filled(value) if isinstance(value, str) else value

    def _filled(self, text: str) -> str:
        return re.sub(r"\{(\w+) ([^{}]*)\}", lambda found: self._value(found[1], found[2]), text)

    def _value(self, kind: str, name: str) -> str:
        if kind == "mail":
            sent = (mail for mail in self._identity.mails() if mail["to"] == name)
            return next((mail["link"].partition("=")[2] for mail in sent), "none")
        if kind == "user":
            users = [*self._users[-4:], "00000000-0000-4000-8000-000000000000"]
            return users[int(name) % len(users)]
        sessions = [*self._sessions[-4:], {"access_token": "none", "refresh_token": "none"}]
        return str(sessions[int(name) % len(sessions)][f"{kind}_token"])

    def _headers(self, answer: requests.Response) -> dict[str, str]:
        headers = {name: answer.headers[name] for name in COMPARED if name in answer.headers}
        if "link" in headers:
            headers["link"] = headers["link"].replace(urlsplit(self._identity.url).path, "")
        cookie = re.sub(r"=ey[^;]*|Expires=[^;]*", "=…", answer.headers.get("set-cookie", ""))
        return headers | {"set-cookie": cookie}

    def _plain(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._plain(one) for one in value]
        if isinstance(value, dict):
            return {name: self._plain_field(name, one) for name, one in value.items()}
        # Both write the same float64, one of them in more digits.
        return float(value) if isinstance(value, int) else value

    def _plain_field(self, name: str, value: Any) -> Any:
        plain: Mapping[str, Callable[[], Any]] = {
            "access_token": lambda: self._plain(jwt.decode(value, options=UNVERIFIED)),
            "refresh_token": lambda: "a token",
            "error_id": lambda: "an id",
            "exp": lambda: "a time",
            "msg": lambda: re.sub("(Unable to validate email address: ).*", r"\1…", value),
        }
        if name in plain:
            return plain[name]()
        if name.endswith("_at"):
            return "a time"
        if name in ("id", "sub"):
            return f"user {self._users.index(value)}" if value in self._users else "another user"
        return self._plain(value)


UNVERIFIED: Any = {"verify_signature": False}


def _content(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except requests.JSONDecodeError:
        return answer.text


def first_difference(steps: list[Step], one: Side, other: Side) -> str:
    """The first step that is answered differently, with both answers; "" where there is none."""
    for number, step in enumerate(steps):
        answers = one.answer(step), other.answer(step)
        if answers[0] != answers[1]:
            return f"step {number}: {step}\n{answers[0]}\n{answers[1]}"
    return ""
