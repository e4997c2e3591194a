"""What the Stytch SDK lets out, as outcomes of ours: five families of exception, and one type."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pydantic
import requests
from stytch.core.response_base import StytchError

from shared import stopwatch
from shared.errors import (
    FieldError,
    Invalid,
    LatchkeyError,
    Throttled,
    Unauthenticated,
    Unavailable,
)
from shared.http.middleware.request_log import log

_LINK_FAILURES = {
    "unable_to_auth_magic_link": ("link_expired", "This link was used before, or is too old."),
    "magic_link_not_found": ("link_invalid", "This link is not one that we know."),
    "invalid_token": ("link_invalid", "This link is not one that we know."),
    "pkce_mismatch": ("wrong_browser", "Open the link in the browser that asked for it."),
    "pkce_expected_code_verifier": (
        "wrong_browser",
        "Open the link in the browser that asked for it.",
    ),
}
_BAD_ADDRESSES = frozenset({"invalid_email", "inactive_email"})


@contextmanager
def mapped_errors() -> Iterator[None]:
    """Turn an exception of the SDK into a LatchkeyError, and count the wait."""
    with stopwatch.upstream():
        try:
            yield
        except StytchError as error:
            raise _outcome(error) from None
        except (requests.RequestException, pydantic.ValidationError, TypeError) as error:
            log(logging.ERROR, event="stytch", error=type(error).__name__)
            raise _unavailable() from None


def _outcome(error: StytchError) -> LatchkeyError:
    details = error.details
    if failure := _LINK_FAILURES.get(details.error_type or ""):
        return Unauthenticated(*failure)
    if details.error_type in _BAD_ADDRESSES:
        return Invalid([FieldError("email", "cannot receive mail; please check it")])
    log(
        logging.ERROR,
        event="stytch",
        status=details.status_code,
        error=details.error_type,
        stytch_request_id=details.request_id,
    )
    if details.status_code == 429:
        return Throttled("too_many_requests", "Too many requests; try again in a moment.", 2)
    return _unavailable()


def _unavailable() -> Unavailable:
    return Unavailable("stytch_unavailable", "Stytch does not answer as it should; try again.")
