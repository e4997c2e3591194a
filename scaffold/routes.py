"""What `functions/*.py` say of themselves, read from their source: nothing of them is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from scaffold.checkout import Checkout, Refused

FUNCTIONS = "functions"
METHODS = ("GET", "POST", "PATCH", "DELETE")
# What netlify/gateway.js does with a request for `/api/…`: the method chooses the function.
FUNCTION_OF_METHOD = {"GET": "get", "POST": "create", "PATCH": "update", "DELETE": "delete"}
CREDENTIALS = {
    "caller.member",
    "caller.admin",
    "caller.confirmed_member",
    "caller.read_credentials",
}

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
    anyone who is signed in may use, and `with_key` those that take an `Idempotency-Key`.
    """

    name: str
    routes: tuple[Route, ...]
    default: str | None
    for_members: tuple[Route, ...]
    with_key: tuple[Route, ...]
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
            route: endpoints.get(ast.unparse(node.args[1]))
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
    return Function(
        name,
        tuple(routes),
        default,
        for_members=_those_that_use("caller.member", routes),
        with_key=_those_that_use("parameters.idempotency_key", routes),
        reads_credentials=_uses(tree, CREDENTIALS),
    )


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


def _those_that_use(function: str, routes: Mapping[Route, ast.AST | None]) -> tuple[Route, ...]:
    return tuple(route for route, endpoint in routes.items() if _uses(endpoint, {function}))


def _uses(code: ast.AST | None, functions: Set[str]) -> bool:
    """Whether the code uses one of these functions, each with its module's name before it."""
    return code is not None and any(
        isinstance(node, ast.Attribute) and ast.unparse(node) in functions
        for node in ast.walk(code)
    )
