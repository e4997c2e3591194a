"""The Stytch SDK's client with the timeouts that it lacks, and its exceptions as errors of ours."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pydantic
import requests
import stytch
from requests.adapters import HTTPAdapter
from stytch.core.response_base import StytchError
from urllib3.util.retry import Retry

from shared import log, spans, stopwatch
from shared.auth.stytch.error_types import ADDRESS_REFUSED, CREDENTIALS_REFUSED
from shared.auth.upstream_connection import IDLE_SECONDS, UPSTREAM_CONNECT_SECONDS
from shared.auth.upstream_http import UPSTREAM_ANSWER_SECONDS
from shared.errors import (
    FieldError,
    Invalid,
    LatchkeyError,
    StytchCredentialsRefused,
    StytchRateLimited,
    StytchUnavailable,
    Unauthenticated,
)
from shared.process import kept
from shared.settings.settings import reread, settings
from shared.stopwatch import in_time

T = TypeVar("T")

LONGEST_CALL_SECONDS = 2 * UPSTREAM_ANSWER_SECONDS
_SDK_FAILURES = (requests.RequestException, pydantic.ValidationError, TypeError)

# A request is sent again only if no connection could be made for it.
_UNSENT_ONLY = Retry(total=1, connect=1, read=0, redirect=0, status=0, other=0)

_WRONG_BROWSER = ("wrong_browser", "Open the link in the browser that asked for it.")
LINK_FAILURES = {
    "unable_to_auth_magic_link": ("link_expired", "This link was used before, or is too old."),
    "magic_link_not_found": ("link_invalid", "This link is not one that we know."),
    "invalid_token": ("link_invalid", "This link is not one that we know."),
    "pkce_mismatch": _WRONG_BROWSER,
    "pkce_expected_code_verifier": _WRONG_BROWSER,
}


def call(operation: Callable[[stytch.Client], T]) -> T:
    """What the operation answers; raises a LatchkeyError in place of the SDK's exceptions.

    A secret that Stytch refuses is read again, and the operation repeated if it was rotated. All of
    it takes 8 s at most: the SDK's own timeouts begin anew with every byte and every request.
    """
    with stopwatch.waiting_for("upstream"):
        try:
            return in_time(lambda: _call(operation), LONGEST_CALL_SECONDS)
        except StytchError as error:
            raise _translated(error) from None
        except (*_SDK_FAILURES, TimeoutError) as error:
            log.write(logging.ERROR, event="stytch", error=type(error).__name__)
            raise StytchUnavailable from None


def _call(operation: Callable[[stytch.Client], T]) -> T:
    try:
        return operation(_client())
    except StytchError as error:
        if error.details.error_type not in CREDENTIALS_REFUSED or not reread():
            raise
    return operation(_client())


@kept
def _client() -> stytch.Client:
    """One client for the process. An `environment` is the SDK's only way to set the base URL."""
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, _TimeoutAdapter(max_retries=_UNSENT_ONLY))
    return stytch.Client(
        project_id=settings().stytch_project_id,
        secret=settings().stytch_secret,
        environment=f"{settings().stytch_base_url}/",
        suppress_warnings=True,
        sync_session=session,
    )


class _TimeoutAdapter(HTTPAdapter):
    """Waits 2 s for a connection and 4 s for an answer, and follows no redirect.

    A connection that was idle for 30 s is not used again: the other side may have closed it while
    Lambda kept this process from running.
    """

    _used_at = 0.0

    @spans.recorded(
        "call",
        lambda _, request, **__: {"method": request.method, "url": request.url.partition("?")[0]},
        lambda response: {"status": response.status_code},
    )
    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()
        self._used_at = time.monotonic()
        options["timeout"] = (UPSTREAM_CONNECT_SECONDS, UPSTREAM_ANSWER_SECONDS)
        response = super().send(request, **options)
        if response.is_redirect:
            response.close()
            raise requests.TooManyRedirects(response=response)
        return response


def _translated(error: StytchError) -> LatchkeyError:
    details = error.details
    if failure := LINK_FAILURES.get(details.error_type or ""):
        return Unauthenticated(*failure)
    if details.error_type in ADDRESS_REFUSED:
        return Invalid([FieldError("email", "The email cannot receive mail; please check it.")])
    log.write(
        logging.ERROR,
        event="stytch",
        status=details.status_code,
        error=details.error_type,
        stytch_request_id=details.request_id,
    )
    if details.error_type in CREDENTIALS_REFUSED:
        return StytchCredentialsRefused()
    return StytchRateLimited() if details.status_code == 429 else StytchUnavailable()
