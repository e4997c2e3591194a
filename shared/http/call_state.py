"""What becomes known of a request while it is answered, for the log line and the headers.

`RequestLog` creates the state; everything inside reads and changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from shared.auth.credentials import Session
from shared.auth.principal import Principal

SCOPE_KEY = "latchkey.call"


@dataclass(slots=True)
class CallState:
    """One request's address, principal, failure, and the news about its session cookies.

    `base_path` is what stands in front of `/api` in public addresses; `hidden_stage` is the part of
    it that the path of the event does not show. `is_bare` says that the bare function was called.
    """

    request_id: str
    base_path: str = ""
    hidden_stage: str = ""
    is_bare: bool = False
    principal: Principal | None = None
    code: str | None = None
    cause: str | None = None
    crash: BaseException | None = None
    renewed_session: Session | None = None
    session_is_over: bool = False


def call_state(request: Request) -> CallState:
    """The state of the request."""
    return cast(CallState, request.scope[SCOPE_KEY])


def keep_session(request: Request, session: Session) -> None:
    """Set the session's cookies in the answer."""
    call_state(request).renewed_session = session


def end_session(request: Request) -> None:
    """Clear the session's cookies in the answer."""
    call_state(request).session_is_over = True
