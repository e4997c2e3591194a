"""The operations of docs/openapi.yaml, over which every matrix goes: a new route is in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
METHODS = ("get", "post", "patch", "delete")

Json = dict[str, Any]


class Operation(NamedTuple):
    """One operation, under one of its names; `who` is who may call it."""

    name: str
    method: str
    path: str
    function: str
    who: str
    statuses: frozenset[int]
    body: Json | None
    query: tuple[tuple[str, Json], ...]

    @property
    def title(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def collection(self) -> str:
        """The path without a last `{id}`: where a row of it is made."""
        return self.path.rpartition("/{")[0]

    @property
    def is_write(self) -> bool:
        return self.method != "GET"

    @property
    def success(self) -> int:
        """The status of an answer when all is well."""
        return min(self.statuses)


def read_operations() -> list[Operation]:
    """Every operation under each of its names, in the order of the description."""
    document = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())
    return list(_operations(document))


def example_of(schema: Json) -> Any:
    """A value that fits a schema of the description; addresses are new each time."""
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            return {name: example_of(part) for name, part in schema["properties"].items()}
        case "array":
            return [example_of(schema["items"])]
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return False
    if schema.get("format") == "email":
        return f"{uuid.uuid4().hex}@example.com"
    return "A" * max(44, schema.get("minLength", 0))


def _operations(document: Json) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            content = _resolved(document, item[method])
            shared = _resolved(document, item.get("parameters", []))
            for name in (path, *content.get("x-also-at", [])):
                yield _operation(name, method, content, shared)


def _operation(path: str, method: str, content: Json, shared: list[Json]) -> Operation:
    name = content["operationId"]
    if "x-who" not in content:
        raise LookupError(f"docs/openapi.yaml: {name} has no x-who, which says who may call it")
    parameters = [*shared, *content.get("parameters", [])]
    body = content.get("requestBody", {}).get("content", {}).get("application/json")
    return Operation(
        name=name,
        method=method.upper(),
        path=path,
        function=content["x-function"],
        who=content["x-who"],
        statuses=frozenset(int(status) for status in content["responses"]),
        body=body and body["schema"],
        query=tuple(
            (parameter["name"], parameter["schema"])
            for parameter in parameters
            if parameter["in"] == "query" and parameter.get("required")
        ),
    )


def _resolved(document: Json, part: Any) -> Any:
    """The part with its references replaced by what they name."""
    if isinstance(part, list):
        return [_resolved(document, item) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        target = document
        for key in part["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        return _resolved(document, target)
    return {key: _resolved(document, value) for key, value in part.items()}
