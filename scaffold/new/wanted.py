"""What somebody asks for with FN, ROUTE and WHO, checked before anything is written."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scaffold.checkout import Checkout, Refused
from scaffold.lists.shims import API
from scaffold.new.names import endpoint_name
from scaffold.routes import METHODS, Route, read_functions, same_resource

WHO = {"member": "a member", "admin": "an admin", "anyone": "anyone"}
EXAMPLE = 'make new FN=export ROUTE="GET /exports" WHO=member'

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST_NAME = 32  # characters; with a stack's name it is part of a name on Lambda (64)
_LONGEST_PATH = 44  # characters; a line of Python has to hold it
_PARAMETER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_SEGMENT = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_USED_BY_ENDPOINTS = {"bodies", "caller", "fields", "message", "name", "parameters", "request"}


@dataclass(frozen=True)
class Wanted:
    """A route to add; `is_new_function`: its function is not there yet."""

    route: Route
    who: str
    is_new_function: bool
    endpoint: str

    @property
    def who_in_words(self) -> str:
        return WHO[self.who]

    @property
    def parameters(self) -> list[str]:
        """The names of the path's parameters."""
        return parameters_of(self.route.path)

    @property
    def has_body(self) -> bool:
        return self.route.method in ("POST", "PATCH")

    @property
    def example_path(self) -> str:
        """A path that the route takes."""
        return _PARAMETER.sub("1", self.route.path)


def read_wanted(checkout: Checkout, words: Sequence[str]) -> Wanted:
    """What the words FN=…, ROUTE=… and WHO=… ask for; raises Refused."""
    given = _given(words)
    function = _function(given.get("FN", ""))
    method, path = _route(given.get("ROUTE", ""))
    who = given.get("WHO") or "member"
    if who not in WHO:
        raise Refused(f"WHO must be one of {', '.join(WHO)}, as in: {EXAMPLE}")
    existing = read_functions(checkout)
    route = Route(function, method, path)
    _refuse_taken(route, [other for found in existing for other in found.routes])
    is_new = function not in [found.name for found in existing]
    return Wanted(route, who, is_new, endpoint_name(method, path))


def read_existing(checkout: Checkout, words: Sequence[str]) -> Route:
    """The route that the word ROUTE=… names; raises Refused where there is none."""
    method, path = _route(_given(words).get("ROUTE", ""))
    routes = [route for found in read_functions(checkout) for route in found.routes]
    for route in routes:
        if (route.method, route.path) == (method, path):
            return route
    raise Refused(f"There is no route {method} {path}.")


def parameters_of(path: str) -> list[str]:
    return _PARAMETER.findall(path)


def _given(words: Sequence[str]) -> Mapping[str, str]:
    given = dict(word.split("=", 1) for word in words if "=" in word)
    unknown = [word for word in words if word.split("=", 1)[0] not in ("FN", "ROUTE", "WHO")]
    if unknown:
        raise Refused(f"{unknown[0]} is not understood; type for example: {EXAMPLE}")
    return {name: value.strip() for name, value in given.items()}


def _function(name: str) -> str:
    if not name:
        raise Refused(f"FN, the function's name, is missing; type for example: {EXAMPLE}")
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise Refused(
            f"FN={name} is no name for a function: it has to be in lower case, with letters, "
            f"digits and single underscores, {_LONGEST_NAME} characters at most, as in: {EXAMPLE}"
        )
    if keyword.iskeyword(name):
        raise Refused(f"FN={name} is a word of Python itself; choose another, as in: {EXAMPLE}")
    if name == API:
        raise Refused(f"The name {API} is taken by Netlify's way to /api; choose another for FN.")
    return name


def _route(text: str) -> tuple[str, str]:
    if not text:
        raise Refused(f"ROUTE is missing; type for example: {EXAMPLE}")
    method, _, path = text.partition(" ")
    if not path.strip():
        raise Refused(f"ROUTE={text} needs a method and a path, as in: {EXAMPLE}")
    if method.upper() not in METHODS:
        raise Refused(f"{method} must be one of {', '.join(METHODS)}, as in: {EXAMPLE}")
    return method.upper(), _path(path.strip())


def _path(path: str) -> str:
    if re.match(r"/api(/|$)", path):
        raise Refused(f"Leave out /api, which every route has in front of it, as in: {EXAMPLE}")
    segments = path.removeprefix("/").split("/")
    if (
        not path.startswith("/")
        or not _SEGMENT.fullmatch(segments[0])
        or not all(_SEGMENT.fullmatch(part) or _PARAMETER.fullmatch(part) for part in segments)
        or len(path) > _LONGEST_PATH
    ):
        raise Refused(
            f"{path} is no path: it must look like /exports or /exports/{{id}}, in lower case, "
            f"{_LONGEST_PATH} characters at most, without a slash at its end."
        )
    names = parameters_of(path)
    unusable = [name for name in names if keyword.iskeyword(name) or name in _USED_BY_ENDPOINTS]
    if unusable or len(names) != len(set(names)):
        name = unusable[0] if unusable else max(names, key=names.count)
        raise Refused(
            f"{path}: give {{{name}}} another name, as in /exports/{{id}}/lines/{{line}}."
        )
    return path


def _refuse_taken(route: Route, existing: Sequence[Route]) -> None:
    for other in existing:
        if not same_resource(route.path, other.path):
            continue
        if route.path != other.path:
            raise Refused(f"Write {other.path}, as functions/{other.function}.py does.")
        if route.method == other.method:
            raise Refused(f"{route} is taken: functions/{other.function}.py has it.")
