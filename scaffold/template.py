"""What `template.yaml` says of functions and routes."""

from __future__ import annotations

from typing import Any

import yaml

from scaffold.checkout import Checkout, Refused
from scaffold.routes import Route
from scaffold.yaml_text import LOADER

FILE = "template.yaml"


class _Loader(LOADER):  # type: ignore[misc]
    """YAML whose `!Tags` (CloudFormation's functions) are left out."""


_Loader.add_multi_constructor("!", lambda *_: None)


def logical_ids(checkout: Checkout) -> dict[str, str]:
    """The logical id of each function, by its name, in the template's order."""
    return {_name(found): logical_id for logical_id, found in _functions(checkout).items()}


def route_key(checkout: Checkout, route: Route) -> str:
    """The key under which the HTTP API knows the route: its own method comes before ANY."""
    own = (route.method, f"/api{route.path}")
    return " ".join(own if own in routes_of(checkout, route.function) else ("ANY", own[1]))


def routes_of(checkout: Checkout, function: str) -> list[tuple[str, str]]:
    """The method and the path of each HTTP API route of a function; none where it is unknown."""
    logical_id = logical_ids(checkout).get(function)
    return [] if logical_id is None else list(events_of(checkout, logical_id).values())


def events_of(checkout: Checkout, logical_id: str) -> dict[str, tuple[str, str]]:
    """The method and the path of each HTTP API event of a function, by the event's name."""
    events = _functions(checkout)[logical_id].get("Events", {})
    routes = {name: event["Properties"] for name, event in events.items() if _is_route(event)}
    return {name: (route["Method"], route["Path"]) for name, route in routes.items()}


def all_routes(checkout: Checkout) -> list[tuple[str, str]]:
    """The routes of all functions."""
    return [route for name in logical_ids(checkout) for route in routes_of(checkout, name)]


def _functions(checkout: Checkout) -> dict[str, dict[str, Any]]:
    """The properties of each function, by its logical id."""
    try:
        document = yaml.load(checkout.read(FILE), Loader=_Loader)  # noqa: S506 - a SafeLoader
        return {
            logical_id: resource["Properties"]
            for logical_id, resource in document["Resources"].items()
            if resource["Type"] == "AWS::Serverless::Function"
        }
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise Refused(f"{FILE} cannot be read: {error!r}.") from error


def _is_route(event: dict[str, Any]) -> bool:
    return bool(event["Type"] == "HttpApi")


def _name(properties: dict[str, Any]) -> str:
    return str(properties["Handler"]).split(".")[-2]
