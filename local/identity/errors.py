"""The two forms in which GoTrue refuses a request.

IdentityError
├── HTTPError    any 4xx or 5xx: {"code": 404, "msg": "User not found"}
└── OAuthError   400 of /token: {"error": "invalid_grant", "error_description": "…"}

Source: GoTrue `api/errors.go`.
"""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

SERVER_ERROR = 500  # from here on, an answer names the entry in the log


class IdentityError(ABC, Exception):
    """Refuses a request; `response` tells the caller."""

    @abstractmethod
    def response(self) -> Response: ...


class HTTPError(IdentityError):
    def __init__(self, code: int, msg: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(msg)
        self.code = code
        self.msg = msg
        self.headers = headers

    def response(self) -> Response:
        body: dict[str, object] = {"code": self.code, "msg": self.msg}
        if self.code >= SERVER_ERROR:
            body["error_id"] = str(uuid.uuid4())
        return JSONResponse(body, self.code, headers=self.headers)


class OAuthError(IdentityError):
    def __init__(
        self, error: str, description: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.headers = headers

    def response(self) -> Response:
        body = {"error": self.error}
        if self.description:
            body["error_description"] = self.description
        return JSONResponse(body, 400, headers=self.headers)
