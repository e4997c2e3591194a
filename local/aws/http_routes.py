"""Which route of an HTTP API takes a request.

Source: Amazon API Gateway Developer Guide, "Create routes for HTTP APIs in API Gateway", section
"Routing API requests": the most specific route wins, a greedy `{proxy+}` comes last, and a named
method comes before ANY.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from local.aws.template import Route

VARIABLE = re.compile(r"\\\{(\w+)(\\\+)?\\\}")


@dataclass(frozen=True)
class RouteMatch:
    """Holds the route that was chosen and the values of its path variables."""

    route: Route
    path_parameters: Mapping[str, str]


class RouteTable:
    """Holds the routes of an API, the most specific first."""

    def __init__(self, routes: Iterable[Route]) -> None:
        ordered = sorted(routes, key=_generality)
        self._patterns = [(route, _pattern(route.path)) for route in ordered]

    def match(self, method: str, path: str) -> RouteMatch | None:
        """Return the best route for a request with a decoded `path`, if there is one."""
        for route, pattern in self._patterns:
            found = pattern.fullmatch(path)
            if found and route.method in (method, "ANY"):
                return RouteMatch(route, found.groupdict())
        return None


def _generality(route: Route) -> tuple[bool, int, int, bool]:
    greedy = route.path.endswith("+}")
    return greedy, route.path.count("{"), -len(route.path), route.method == "ANY"


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(VARIABLE.sub(_variable, re.escape(path)), re.DOTALL)


def _variable(variable: re.Match[str]) -> str:
    name, greedy = variable.groups()
    return f"(?P<{name}>.+)" if greedy else f"(?P<{name}>[^/]+)"
