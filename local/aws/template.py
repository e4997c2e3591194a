"""What the local cloud takes from template.yaml: the functions, and the routes that lead to them.

The AWS SAM template is the only list of functions and routes; nothing is repeated in Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from local.kit.invocation import UnknownFunction


@dataclass(frozen=True)
class Function:
    """Describes a function; `name` is its handler module (`create`), `timeout` is in seconds."""

    logical_id: str
    name: str
    handler: str
    timeout: float
    memory_mb: int
    environment: Mapping[str, str]
    log_format: str


@dataclass(frozen=True)
class Route:
    """Describes a route; `method` may be `ANY`, `path` may hold `{name}` and `{proxy+}`."""

    method: str
    path: str
    function: str

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Template:
    """Holds everything that the local cloud takes from template.yaml."""

    functions: tuple[Function, ...]
    routes: tuple[Route, ...]

    def function(self, name: str) -> Function:
        """Return the function called `name`, short or logical id; raises UnknownFunction."""
        for function in self.functions:
            if name in (function.name, function.logical_id):
                return function
        raise UnknownFunction(f"Function not found: {name}")


class TemplateError(ValueError):
    """The file is not a SAM template; the message says what is wrong with it."""


def load_template(path: Path) -> Template:
    """Read a SAM template; raises TemplateError.

    A variable whose value is a parameter gets the parameter's default; one whose value only a
    deployment knows (an ARN, a condition) is left out.
    """
    try:
        return _template(yaml.load(path.read_text(), Loader=_CloudFormationLoader))  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        raise TemplateError(f"{path.name} is not YAML: {error}") from error
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise TemplateError(f"{path.name} is not a SAM template: {error!r}") from error


def _template(document: Mapping[str, Any]) -> Template:
    defaults = {
        name: str(parameter["Default"])
        for name, parameter in document.get("Parameters", {}).items()
        if "Default" in parameter
    }
    inherited = document.get("Globals", {}).get("Function", {})
    functions: list[Function] = []
    routes: list[Route] = []
    for logical_id, resource in document["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            function = _function(logical_id, inherited, resource["Properties"], defaults)
            functions.append(function)
            routes.extend(_routes(function, resource["Properties"].get("Events", {})))
    return Template(tuple(functions), tuple(routes))


def _function(
    logical_id: str,
    inherited: Mapping[str, Any],
    own: Mapping[str, Any],
    defaults: Mapping[str, str],
) -> Function:
    properties = {**inherited, **own}
    logging = {**inherited.get("LoggingConfig", {}), **own.get("LoggingConfig", {})}
    return Function(
        logical_id=logical_id,
        name=properties["Handler"].split(".")[-2],
        handler=properties["Handler"],
        timeout=float(properties.get("Timeout", 3)),
        memory_mb=int(_known_value(properties.get("MemorySize", 128), defaults) or 128),
        environment=_variables(inherited, defaults) | _variables(own, defaults),
        log_format=str(logging.get("LogFormat", "Text")),
    )


def _variables(properties: Mapping[str, Any], defaults: Mapping[str, str]) -> dict[str, str]:
    written = properties.get("Environment", {}).get("Variables", {})
    known = {name: _known_value(value, defaults) for name, value in written.items()}
    return {name: value for name, value in known.items() if value is not None}


def _known_value(value: object, defaults: Mapping[str, str]) -> str | None:
    if isinstance(value, _Intrinsic):
        return defaults.get(str(value.argument)) if value.name == "!Ref" else None
    return str(value)


def _routes(function: Function, events: Mapping[str, Any]) -> list[Route]:
    api_events = [event["Properties"] for event in events.values() if event["Type"] == "HttpApi"]
    return [Route(event["Method"].upper(), event["Path"], function.name) for event in api_events]


@dataclass(frozen=True)
class _Intrinsic:
    """Holds a CloudFormation function in its short form, such as `!Ref BaseUrl`."""

    name: str
    argument: object


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where there is one


class _CloudFormationLoader(_Loader):  # type: ignore[misc]
    """YAML with CloudFormation's `!Tags`, kept unevaluated."""


def _intrinsic(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> _Intrinsic:
    if isinstance(node, yaml.ScalarNode):
        return _Intrinsic(name, loader.construct_scalar(node))
    if isinstance(node, yaml.SequenceNode):
        return _Intrinsic(name, loader.construct_sequence(node, deep=True))
    return _Intrinsic(name, loader.construct_mapping(node, deep=True))  # type: ignore[arg-type]


_CloudFormationLoader.add_multi_constructor(
    "!", lambda loader, suffix, node: _intrinsic(loader, f"!{suffix}", node)
)
