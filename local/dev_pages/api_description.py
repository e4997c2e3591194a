"""An OpenAPI 3.1 document as the API page needs it: its operations, every reference followed.

Source: OpenAPI Specification 3.1.1, of which docs/openapi.yaml uses a part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

METHODS = ("get", "post", "put", "patch", "delete")

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method of one path; parameters and responses are followed, schemas are not."""

    name: str
    method: str
    addresses: tuple[str, ...]
    is_public: bool
    summary: str
    description: str
    parameters: tuple[Node, ...]
    bodies: Mapping[str, Node]
    responses: Mapping[str, Node]


class ApiDescription:
    def __init__(self, document: Node) -> None:
        self._document = document
        self.summary: str = document["info"]["summary"]
        self.description: str = document["info"]["description"]
        self.credentials: Mapping[str, Node] = document["components"]["securitySchemes"]
        self.schemas: Mapping[str, Node] = document["components"]["schemas"]

    @classmethod
    def read(cls, path: Path) -> ApiDescription:
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def operations(self) -> Iterator[Operation]:
        """In the order of the document."""
        for path, item in self._document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield self._operation(path, method, item[method], item.get("parameters", []))

    def _operation(
        self, path: str, method: str, operation: Node, shared_parameters: list[Node]
    ) -> Operation:
        parameters = [*shared_parameters, *operation.get("parameters", [])]
        return Operation(
            name=operation["operationId"],
            method=method.upper(),
            addresses=tuple(self._addresses(path, operation)),
            is_public=operation.get("security") == [],
            summary=operation["summary"],
            description=operation.get("description", ""),
            parameters=tuple(self._followed(parameter) for parameter in parameters),
            bodies=operation.get("requestBody", {}).get("content", {}),
            responses={
                status: self._followed(response)
                for status, response in operation["responses"].items()
            },
        )

    def _addresses(self, path: str, operation: Node) -> Iterator[str]:
        base = self._document["servers"][0]["url"]
        function = f"/.netlify/functions/{operation['x-function']}"
        yield base + path
        yield from (base + other for other in operation.get("x-also-at", []))
        yield function + path
        if operation.get("x-bare-url"):
            yield function

    def _followed(self, node: Node) -> Node:
        """The node itself, or what its `$ref` (`#/components/responses/Invalid`) points to."""
        if "$ref" not in node:
            return node
        found: Any = self._document
        for name in node["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return self._followed(found)
