"""`events/`: which samples there are. A function that reads credentials has one for each.

A sample that is there stays as it is, while its function still has the route.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scaffold.checkout import Checkout
from scaffold.lists import sample_contents
from scaffold.routes import Function, Route, covers
from scaffold.template import route_key

FOLDER = "events"
FORMS = ("aws", "netlify")
FORMS_WITH_CREDENTIALS = ("aws", "aws-identity", "netlify", "netlify-stytch")
FORM_OF_REST = "rest"


@dataclass(frozen=True)
class Sample:
    """A file of `events/`, such as `create-aws-identity.json`."""

    function: Function
    form: str

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.function.name}-{self.form}.json"


def update(checkout: Checkout, functions: Sequence[Function]) -> None:
    """Write what is missing, and remove what belongs to no function."""
    samples = [sample for function in functions for sample in samples_of(function)]
    for sample in samples:
        if not _fits(checkout, sample):
            _write(checkout, sample)
    _remove_others(checkout, functions, {sample.file for sample in samples})


def samples_of(function: Function) -> list[Sample]:
    """The samples that a function should have; none if it has no route."""
    forms = FORMS_WITH_CREDENTIALS if function.reads_credentials else FORMS
    return [Sample(function, form) for form in forms if function.routes]


def _write(checkout: Checkout, sample: Sample) -> None:
    route = _chosen(sample.function)
    path = _example(route.path)
    request = sample_contents.Request(
        function=route.function,
        method=route.method,
        path=path,
        is_bare=route.path == sample.function.default,
        is_anonymous=not sample.function.reads_credentials,
        route_key=route_key(checkout, route),
        path_parameters=_parameters(route.path, path),
        body=sample_contents.body_of(checkout, route),
    )
    content = sample_contents.FORMS[sample.form](request)
    checkout.write(sample.file, json.dumps(content, indent=2) + "\n")


def _chosen(function: Function) -> Route:
    """The route at the bare URL, else the first for members, else the first of all.

    Of those that delete, one that deletes one row.
    """

    def rank(route: Route) -> tuple[bool, bool, bool]:
        deletes_all = route.method == "DELETE" and "{" not in route.path
        return deletes_all, route.path != function.default, route not in function.for_members

    return min(function.routes, key=rank)


def _fits(checkout: Checkout, sample: Sample) -> bool:
    """Whether the file is there and asks for a route that the function still has."""
    if not checkout.exists(sample.file):
        return False
    content = json.loads(checkout.read(sample.file))
    method, path = _asked_for(content.get("event", content))
    resource = path.removeprefix(f"/.netlify/functions/{sample.function.name}")
    resource = resource.removeprefix("/api") or sample.function.default or ""
    return any(
        route.method == method and covers(route.path, resource) for route in sample.function.routes
    )


def _asked_for(event: dict[str, Any]) -> tuple[str, str]:
    http = event.get("requestContext", {}).get("http")
    return (http["method"], event["rawPath"]) if http else (event["httpMethod"], event["path"])


def _remove_others(checkout: Checkout, functions: Sequence[Function], expected: set[str]) -> None:
    """The sample in REST v1 form is of one function only, so any may have one."""
    allowed = expected | {
        rest.file
        for rest in (Sample(function, FORM_OF_REST) for function in functions)
        if _fits(checkout, rest)
    }
    for name in checkout.names(FOLDER, ".json"):
        if f"{FOLDER}/{name}.json" not in allowed:
            checkout.remove(f"{FOLDER}/{name}.json")


def _example(path: str) -> str:
    return "/".join("1" if part.startswith("{") else part for part in path.split("/"))


def _parameters(pattern: str, path: str) -> dict[str, str]:
    pairs = zip(pattern.split("/"), path.split("/"), strict=True)
    return {part[1:-1]: value for part, value in pairs if part.startswith("{")}
