"""`docs/openapi.yaml`: what a route takes and answers."""

from __future__ import annotations

import re
from typing import Any

import yaml

from scaffold.checkout import Checkout
from scaffold.lists.sample_contents import DESCRIPTION
from scaffold.new.wanted import Wanted
from scaffold.yaml_text import LOADER, YamlText

_OPERATION = """\
    {method}:
      operationId: {endpoint}
      tags: [{tag}]
      x-function: {function}
      x-who: {who}
{flags}      summary: Say here what it does{by_whom}
{body}      responses:
        '200':
          description: Say here what it answers
          content:
            application/json:
              schema:
                type: object
                required: [{required}]
                properties:
                  message: {{const: success}}
{properties}{problems}"""
_BODY = """\
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, minLength: 1, maxLength: 255}
"""
_TEXT = "                  {name}: {{type: string}}\n"
_ID = "                  {name}: {{type: integer, minimum: 1}}\n"
_PARAMETER_ID = "      - $ref: '#/components/parameters/Id'\n"
_PARAMETER = """\
      - name: {name}
        in: path
        required: true
        schema: {{type: string}}
"""
_PROBLEM = "        '{status}': {{$ref: '#/components/responses/{name}'}}\n"


def write(checkout: Checkout, wanted: Wanted) -> None:
    """Write the operation, and its tag where that is new."""
    text = checkout.read(DESCRIPTION)
    document = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe one
    tag = _tag(document, wanted.route.path)
    if tag not in [known["name"] for known in document["tags"]]:
        description = YamlText(DESCRIPTION, text)
        text = description.inserted(description.entry("tags").end, f"  - name: {tag}\n")
    description = YamlText(DESCRIPTION, text)
    operation = _operation(wanted, tag)
    if description.has("paths", wanted.route.path):
        line = description.entry("paths", wanted.route.path).end
        checkout.write(DESCRIPTION, description.inserted(line, operation))
    else:
        item = f"  {wanted.route.path}:\n{_parameters(wanted)}{operation}"
        checkout.write(DESCRIPTION, description.inserted(description.entry("paths").end, item))


def _tag(document: dict[str, Any], path: str) -> str:
    """The tag of the resources that begin alike, else one that is called like them."""
    first = path.split("/")[1]
    alike = [item for known, item in document["paths"].items() if known.split("/")[1] == first]
    operations = [found for item in alike for found in item.values() if "tags" in found]
    return str(operations[0]["tags"][0]) if operations else re.sub("[-_]", " ", first).capitalize()


def _operation(wanted: Wanted, tag: str) -> str:
    is_bare = wanted.is_new_function and not wanted.parameters
    flags = "      x-bare-url: true\n" if is_bare else ""
    security = "      security: []\n" if wanted.who == "anyone" else ""
    names = [*wanted.parameters, *(["name"] if wanted.has_body else [])]
    properties = "".join((_ID if name == "id" else _TEXT).format(name=name) for name in names)
    return _OPERATION.format(
        method=wanted.route.method.lower(),
        endpoint=wanted.endpoint,
        tag=tag,
        function=wanted.route.function,
        flags=flags,
        who=wanted.who,
        by_whom="; an admin" if wanted.who == "admin" else "",
        body=security + (_BODY if wanted.has_body else ""),
        required=", ".join(["message", *names]),
        properties=properties,
        problems=_problems(wanted),
    )


def _problems(wanted: Wanted) -> str:
    is_write = wanted.route.method != "GET"
    possible = {
        ("400", "Malformed"): True,
        ("401", "Unauthenticated"): wanted.who != "anyone",
        ("403", "Forbidden"): wanted.who == "admin" or (is_write and wanted.who == "member"),
        ("404", "NotFound"): "id" in wanted.parameters,
        ("413", "TooLarge"): True,
        ("422", "Invalid"): wanted.has_body,
        ("429", "Throttled"): True,
        ("431", "HeadersTooLarge"): True,
        ("500", "Failed"): True,
        ("502", "BadGateway"): True,
        ("503", "Unavailable"): True,
        ("504", "TimedOut"): True,
    }
    return "".join(
        _PROBLEM.format(status=status, name=name)
        for (status, name), is_possible in possible.items()
        if is_possible
    )


def _parameters(wanted: Wanted) -> str:
    if not wanted.parameters:
        return ""
    listed = (
        _PARAMETER_ID if name == "id" else _PARAMETER.format(name=name)
        for name in wanted.parameters
    )
    return f"    parameters:\n{''.join(listed)}"
