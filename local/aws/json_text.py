"""JSON texts that a caller of the Invoke API sends."""

from __future__ import annotations

import json

from local.kit.invocation import InvalidRequestContent


def one_line_object(client_context: str) -> str:
    """Return the client context in ASCII and without line breaks: it is sent in a header.

    Raises InvalidRequestContent where it is no JSON object.
    """
    value = parsed(client_context.encode(), "client context")
    if not isinstance(value, dict):
        raise InvalidRequestContent("Client context must be a JSON object.")
    return json.dumps(value)


def parsed(text: bytes, what: str) -> object:
    """The value of a JSON text; raises InvalidRequestContent, which names `what` it is."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidRequestContent(f"Could not parse {what} into json: {error}") from error
