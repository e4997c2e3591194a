"""What a Lambda answers to the sample events, as far as two of them have to agree."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import requests

from local.commands.event_file import read_event_file

EVENTS = sorted((Path(__file__).parents[3] / "events").glob("*.json"))


class Told(NamedTuple):
    """An invocation's outcome; of texts that differ each time, the names only."""

    http_status: int
    result: Mapping[str, Any]


def told_by_all(
    lambda_of: Callable[[str], tuple[str, str]], variables: Mapping[str, str]
) -> dict[str, Told]:
    """What each sample event is answered; `lambda_of` says where a function is, and its name."""
    return {event.name: _told(event, lambda_of, variables) for event in EVENTS}


def _told(
    path: Path, lambda_of: Callable[[str], tuple[str, str]], variables: Mapping[str, str]
) -> Told:
    endpoint, name = lambda_of(path.name.partition("-")[0])
    event = read_event_file(path, variables)
    headers = {"content-type": "application/json"}
    if event.client_context is not None:
        encoded = base64.b64encode(event.client_context.encode())
        headers["x-amz-client-context"] = encoded.decode()
    url = f"{endpoint}/2015-03-31/functions/{name}/invocations"
    answer = requests.post(url, event.payload, headers=headers, timeout=30)
    return Told(answer.status_code, _shape(answer.json()))


def _shape(result: Mapping[str, Any]) -> dict[str, Any]:
    body = result.get("body") or ""
    return {
        "members": sorted(result),
        "status": result.get("statusCode"),
        "headers": sorted(result.get("headers") or {}),
        "type": (result.get("headers") or {}).get("content-type"),
        "body": _names(json.loads(body)) if body.startswith(("{", "[")) else body[:0],
    }


def _names(body: Any) -> Any:
    if isinstance(body, list):
        return [_names(item) for item in body]
    return {"members": sorted(body), "code": body.get("code")} if isinstance(body, dict) else None
