"""Asks a service for the status and the JSON of one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

SECONDS = 5


class Unreachable(Exception):
    """There is no answer; the text says why."""


@dataclass(frozen=True)
class Answer:
    """Holds status and body; `document` is empty where the body is not a JSON object."""

    status: int
    document: Mapping[str, Any]


def ask(method: str, url: str, **options: Any) -> Answer:
    """Send one request, `options` as for `requests.request`; raises Unreachable."""
    try:
        response = requests.request(method, url, timeout=SECONDS, allow_redirects=False, **options)
    except requests.RequestException as error:
        raise Unreachable(_reason(error)) from error
    try:
        document = response.json()
    except requests.JSONDecodeError:
        document = None
    return Answer(response.status_code, document if isinstance(document, dict) else {})


def _reason(error: requests.RequestException) -> str:
    """Return the innermost cause, such as `[Errno 111] Connection refused`."""
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__ or cause
    return str(cause) or type(error).__name__
