"""Sample events on disk: an event alone, or an event with the client context it came with."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLACEHOLDER = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


class EventFileError(Exception):
    """The file cannot be used; the text says why."""


@dataclass(frozen=True)
class EventFile:
    """Holds an event, and the JSON text that a function's runtime gets as client context."""

    payload: bytes
    client_context: str | None


def read_event_file(path: Path, variables: Mapping[str, str]) -> EventFile:
    """Read a file of events/; each `${NAME}` in it becomes the variable of that name.

    Raises EventFileError when it cannot be read, is no JSON object, or names a missing variable.
    """
    try:
        document = json.loads(_filled_in(path.read_text(), variables))
    except OSError as error:
        raise EventFileError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise EventFileError(f"{path}: not JSON: {error}") from error
    if not isinstance(document, dict):
        raise EventFileError(f"{path}: must hold a JSON object")
    if set(document) != {"event", "clientContext"}:
        return EventFile(json.dumps(document).encode(), None)
    client_context = _as_netlify_sends_it(document["clientContext"])
    return EventFile(json.dumps(document["event"]).encode(), client_context)


def _filled_in(text: str, variables: Mapping[str, str]) -> str:
    missing = sorted({name for name in PLACEHOLDER.findall(text) if name not in variables})
    if missing:
        raise EventFileError(f"set {', '.join(missing)} in the environment first")
    return PLACEHOLDER.sub(lambda match: json.dumps(variables[match[1]])[1:-1], text)


def _as_netlify_sends_it(client_context: Any) -> str:
    encoded = base64.b64encode(json.dumps(client_context).encode()).decode()
    return json.dumps({"custom": {"netlify": encoded}})
