"""One HTTP request with a time limit, for checks that want the status and the JSON of an answer."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SECONDS = 5.0
LARGEST_ANSWER = 1_000_000


class Unreachable(Exception):
    """No answer; the text says why, in the operating system's words."""


@dataclass(frozen=True)
class Answer:
    """`document` is empty where the body is not a JSON object."""

    status: int
    document: Mapping[str, Any]


def request(
    method: str, url: str, headers: Mapping[str, str], body: Mapping[str, str] | None = None
) -> Answer:
    """Ask once; raises Unreachable."""
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.netloc)
    try:
        payload = None if body is None else json.dumps(body)
        connection.request(method, f"{parts.path}?{parts.query}", payload, dict(headers))
        response = connection.getresponse()
        return Answer(response.status, _document(response.read(LARGEST_ANSWER)))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unreachable(str(error) or type(error).__name__) from error
    finally:
        connection.close()


def _connection(scheme: str, netloc: str) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(netloc, timeout=SECONDS, context=context)
    return http.client.HTTPConnection(netloc, timeout=SECONDS)


def _document(body: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(body)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
