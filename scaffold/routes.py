"""What `functions/*.py` say of themselves, read from their source: nothing of them is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from scaffold.checkout import Checkout, Refused

FUNCTIONS = "functions"
METHODS = ("GET", "POST", "PATCH", "DELETE")
# What netlify/gateway.js does with a request for `/api/…`: the method chooses the function.
FUNCTION_OF_METHOD = {"GET": "get", "POST": "create", "PATCH": "update", "DELETE": "delete"}
CREDENTIALS = {"member", "admin", "confirmed_member", "read_credentials"}

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Route:
    """One method of one resource: `path` begins with a slash and may hold `{id}`."""

    function: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def has_own_function(self) -> bool:
        """Whether it is not served by the function that the method alone would choose."""
        return FUNCTION_OF_METHOD.get(self.method) != self.function


@dataclass(frozen=True)
class Function:
    """A module of `functions/`.

    `default` is the resource at its bare URL, if there is one; `for_members` are the routes that
    anyone who is signed in may use.
    """

    name: str
    routes: tuple[Route, ...]
    default: str | None
    for_members: tuple[Route, ...]
    reads_credentials: bool


def read_functions(checkout: Checkout) -> list[Function]:
    """Every function; raises Refused for one whose routes cannot be read from the source."""
    names = [name for name in checkout.names(FUNCTIONS, ".py") if not name.startswith("_")]
    return [read_function(checkout, name) for name in names]


def read_function(checkout: Checkout, name: str) -> Function:
    """One function; raises Refused."""
    path = f"{FUNCTIONS}/{name}.py"
    try:
        tree = ast.parse(checkout.read(path))
        call = application_call(tree)
        keywords = {word.arg: word.value for word in call.keywords}
        default = ast.literal_eval(keywords["default"]) if "default" in keywords else None
        endpoints = {found.name: found for found in tree.body if isinstance(found, _FUNCTIONS)}
        routes = {
            route: _asks_for(endpoints.get(ast.unparse(node.args[1])), {"member"})
            for node in route_calls(call)
            for route in _routes(name, node)
        }
    except SyntaxError as error:
        raise Refused(f"{path} is not Python: line {error.lineno}: {error.msg}.") from error
    except (IndexError, StopIteration, ValueError) as error:
        raise Refused(
            f"{path} must have one call of application(…) with "
            'Route("/path", endpoint, methods=[…]) in it, each path and method as a text.'
        ) from error
    for_members = tuple(route for route, is_for_members in routes.items() if is_for_members)
    return Function(name, tuple(routes), default, for_members, _asks_for(tree, CREDENTIALS))


def application_call(tree: ast.Module) -> ast.Call:
    """The call of `application`; raises StopIteration."""
    return next(_calls(tree, "application"))


def route_calls(call: ast.Call) -> list[ast.Call]:
    """The calls of `Route` in it, in their order."""
    return sorted(_calls(call, "Route"), key=lambda node: (node.lineno, node.col_offset))


def same_resource(one: str, other: str) -> bool:
    """Whether two paths differ in the names of their `{parameters}` at most."""
    return _shape(one) == _shape(other)


def covers(pattern: str, path: str) -> bool:
    """Whether a request for `path` fits the pattern: a `{parameter}` fits any one segment."""
    parts, others = pattern.split("/"), path.split("/")
    return len(parts) == len(others) and all(
        part == other or part.startswith("{") for part, other in zip(parts, others, strict=True)
    )


def _shape(path: str) -> list[str]:
    return ["{}" if part.startswith("{") else part for part in path.split("/")]


def _routes(function: str, call: ast.Call) -> Iterator[Route]:
    keywords = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    for method in keywords.get("methods", ["GET"]):
        yield Route(function, method, str(ast.literal_eval(call.args[0])))


def _calls(node: ast.AST, name: str) -> Iterator[ast.Call]:
    for child in ast.walk(node):
        if isinstance(child, ast.Call) and getattr(child.func, "id", None) == name:
            yield child


def _asks_for(code: ast.AST | None, names: set[str]) -> bool:
    """Whether the code calls one of these functions of `caller`."""
    return code is not None and any(
        isinstance(node, ast.Attribute)
        and node.attr in names
        and getattr(node.value, "id", None) == "caller"
        for node in ast.walk(code)
    )
