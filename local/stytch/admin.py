"""/_admin: controls that the real service does not have, for tests. No credentials needed."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import Route

from local.store import Document
from local.stytch.errors import ErrorType, StytchError
from local.stytch.faults import FAULT_KINDS, Faults
from local.stytch.fields import Fields
from local.stytch.ids import new_id
from local.stytch.project import Project
from local.stytch.replies import Endpoint, respond_with
from local.stytch.timestamps import rfc3339


@dataclass(frozen=True)
class _Control:
    method: str
    path: str
    endpoint: Endpoint
    arguments: dict[str, str]


class Admin:
    """Each control's docstring is its description in `GET /_admin`."""

    def __init__(self, project: Project, faults: Faults) -> None:
        self._project = project
        self._faults = faults
        self._controls = (
            _Control("GET", "/_admin", self.controls, {}),
            _Control("POST", "/_admin/clock", self.advance_clock, {"advance_seconds": "number"}),
            _Control("POST", "/_admin/keys", self.rotate_keys, {}),
            _Control(
                "POST",
                "/_admin/faults",
                self.add_fault,
                {
                    "kind": " | ".join(FAULT_KINDS),
                    "path": "string, a prefix such as /v1/sessions; all of /v1/ when absent",
                    "count": "integer, 1 when absent",
                    "delay_seconds": "number, for the kind delay; 1 when absent",
                },
            ),
            _Control("DELETE", "/_admin/faults", self.clear_faults, {}),
            _Control(
                "POST",
                "/_admin/tokens",
                self.mint_access_token,
                {
                    "kind": "m2m | connected_app",
                    "user_id": "string, the subject of a connected app's token",
                    "scope": "string, space-separated; openid when absent",
                },
            ),
            _Control("POST", "/_admin/reset", self.reset, {}),
        )

    def routes(self) -> list[Route]:
        return [
            Route(control.path, respond_with(control.endpoint), methods=[control.method])
            for control in self._controls
        ]

    def controls(self, _fields: Fields) -> Document:
        """This list."""
        base_url = self._project.config.base_url.rstrip("/")
        return {
            "controls": [
                {
                    "method": control.method,
                    "url": base_url + control.path,
                    "arguments": control.arguments,
                    "description": control.endpoint.__doc__,
                }
                for control in self._controls
            ]
        }

    def advance_clock(self, fields: Fields) -> Document:
        """Move the local cloud's time forwards."""
        seconds = fields.optional_number("advance_seconds")
        if seconds is None or not 0 <= seconds <= 10 * 365 * 24 * 3600:
            raise StytchError(ErrorType.INVALID_ARGUMENT, "advance_seconds: 0 to ten years.")
        self._project.clock.advance(seconds)
        return {"now": rfc3339(self._project.clock.now())}

    def rotate_keys(self, _fields: Fields) -> Document:
        """Sign with a new key from now on; the old one stays published for a month."""
        return {"kid": self._project.keys.rotate()}

    def add_fault(self, fields: Fields) -> Document:
        """Let the next calls fail: 429, 500, a 502 of HTML, broken JSON, a delay, no answer."""
        kind = next((one for one in FAULT_KINDS if one == fields.text("kind")), None)
        path = fields.optional_text("path") or "/v1/"
        count = fields.optional_integer("count")
        delay_seconds = fields.optional_number("delay_seconds")
        if kind is None or not path.startswith("/v1/"):
            raise StytchError(ErrorType.INVALID_ARGUMENT, "kind or path is not a known one.")
        if count is not None and not 1 <= count <= 1_000_000:
            raise StytchError(ErrorType.INVALID_ARGUMENT, "count: 1 to 1000000.")
        if delay_seconds is not None and not 0 <= delay_seconds <= 3600:
            raise StytchError(ErrorType.INVALID_ARGUMENT, "delay_seconds: 0 to an hour.")
        delay = 1.0 if delay_seconds is None else delay_seconds
        self._faults.add(kind, path, count or 1, delay)
        return {}

    def clear_faults(self, _fields: Fields) -> Document:
        """Let nothing fail any more."""
        self._faults.clear()
        return {}

    def mint_access_token(self, fields: Fields) -> Document:
        """A token that is not a session: same key, issuer and audience, no session claim."""
        scope = fields.optional_text("scope") or "openid"
        kind = fields.text("kind")
        if kind == "m2m":
            token = self._project.tokens.mint_access_token("m2m", new_id("m2m-client"), scope)
        elif kind == "connected_app":
            user = self._project.users.find(fields.text("user_id"))
            token = self._project.tokens.mint_access_token("connected_app", user["user_id"], scope)
        else:
            raise StytchError(ErrorType.INVALID_ARGUMENT, "kind should be m2m or connected_app.")
        return {"access_token": token}

    def reset(self, _fields: Fields) -> Document:
        """Forget users, links, sessions and faults, and return to the machine's time."""
        self._project.clear()
        self._faults.clear()
        self._project.clock.reset()
        return {}
