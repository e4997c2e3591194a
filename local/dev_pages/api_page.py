"""The HTML of the API page: every operation of docs/openapi.yaml, and the schemas they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from local.dev_pages.api_description import ApiDescription, Node, Operation
from local.dev_pages.layout import page
from local.dev_pages.schema_text import schema_text


def api_page(api: ApiDescription) -> str:
    """A list of the operations, each in full below it, then credentials and schemas."""
    operations = list(api.operations())
    return page(
        "API",
        f"<p>{_prose(api.summary)}</p><p>{_prose(api.description)}</p>"
        f"<ul class=operations>{''.join(map(_link, operations))}</ul>"
        f"{''.join(map(_operation, operations))}"
        f"<h2>Credentials</h2>{_credentials(api.credentials)}"
        f"<h2>Schemas</h2>{''.join(_schema(*entry) for entry in api.schemas.items())}",
    )


def _link(operation: Operation) -> str:
    return (
        f'<li><a href="#{escape(operation.name)}"><b>{operation.method}</b> '
        f"{escape(operation.addresses[0])}</a> {_prose(operation.summary)}</li>"
    )


def _operation(operation: Operation) -> str:
    address, *others = operation.addresses
    also = ", ".join(f"<code>{escape(other)}</code>" for other in others)
    callers = "everyone" if operation.is_public else "everyone who is signed in"
    return (
        f'<section id="{escape(operation.name)}"><h2>{operation.method} {escape(address)}</h2>'
        f"<p>{_prose(operation.summary)}. {_prose(operation.description)}</p>"
        f"<p>For {callers}. Also at {also}.</p>"
        f"{_parameters(operation.parameters)}{_bodies(operation.bodies)}"
        f"{_responses(operation.responses)}</section>"
    )


def _parameters(parameters: Iterable[Node]) -> str:
    return _table(
        ("Parameter", "In", "Value", ""),
        (
            (
                f"<code>{escape(parameter['name'])}</code>",
                escape(parameter["in"]),
                schema_text(parameter["schema"]),
                _prose(parameter.get("description", "")),
            )
            for parameter in parameters
        ),
    )


def _bodies(bodies: Mapping[str, Node]) -> str:
    return _table(
        ("Body", "Value", ""),
        (
            (
                f"<code>{escape(media_type)}</code>",
                schema_text(body["schema"]),
                _prose(body["schema"].get("description", "")),
            )
            for media_type, body in bodies.items()
        ),
    )


def _responses(responses: Mapping[str, Node]) -> str:
    return _table(
        ("Answer", "Meaning", "Body", "Headers"),
        (
            (
                f"<code>{escape(status)}</code>",
                _prose(response["description"]),
                " or ".join(
                    schema_text(body["schema"]) for body in response.get("content", {}).values()
                ),
                ", ".join(f"<code>{escape(name)}</code>" for name in response.get("headers", {})),
            )
            for status, response in responses.items()
        ),
    )


def _credentials(schemes: Mapping[str, Node]) -> str:
    return _table(
        ("Credential", "Sent as"),
        (
            (
                _prose(scheme.get("description", f"`{scheme.get('name')}`")),
                "<code>Authorization: Bearer</code>" if scheme["type"] == "http" else "cookie",
            )
            for scheme in schemes.values()
        ),
    )


def _schema(name: str, schema: Mapping[str, Any]) -> str:
    heading = f'<h3 id="{escape(name)}">{escape(name)}</h3>'
    if "properties" not in schema:
        return f"{heading}<p>{schema_text(schema)}</p>"
    required = schema.get("required", [])
    return heading + _table(
        ("Field", "Value", ""),
        (
            (
                f"<code>{escape(field)}</code>",
                schema_text(value),
                _prose(value.get("description", "" if field in required else "optional")),
            )
            for field, value in schema["properties"].items()
        ),
    )


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Nothing at all where there are no rows."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th scope=col>{title}</th>" for title in titles)
    return f"<table><thead><tr>{head}</tr></thead>{body}</table>" if body else ""


def _prose(text: str) -> str:
    """Text in which backticks mark code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
