"""`functions/<name>.py` without one of its routes."""

from __future__ import annotations

import ast
import re

from scaffold.checkout import Checkout
from scaffold.python_text import formatted
from scaffold.routes import Route, application_call, route_calls


def remove_route(checkout: Checkout, route: Route) -> None:
    """Remove the route, its endpoint if no other route has it, and imports without a use."""
    path = f"functions/{route.function}.py"
    source = checkout.read(path)
    tree = ast.parse(source)
    application = application_call(tree)
    call = next(found for found in route_calls(application) if _is(found, route))
    kept = [found for found in route_calls(application) if found is not call]
    gone: list[ast.AST] = [call]
    gone += [word for word in application.keywords if _is_default(word, route.path, kept)]
    if ast.unparse(call.args[1]) not in [ast.unparse(found.args[1]) for found in kept]:
        gone += [node for node in tree.body if getattr(node, "name", "") == _endpoint(call)]
    for node in sorted(gone, key=lambda node: -node.lineno):  # type: ignore[attr-defined]
        source = _without(source, node)
    checkout.write(path, formatted(path, _without_row(source, route), "F401"))


def _is(call: ast.Call, route: Route) -> bool:
    keywords = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    return (ast.literal_eval(call.args[0]), keywords.get("methods", ["GET"])) == (
        route.path,
        [route.method],
    )


def _is_default(word: ast.keyword, path: str, kept: list[ast.Call]) -> bool:
    """Whether the bare URL would lead nowhere without the route."""
    others = [ast.literal_eval(call.args[0]) for call in kept]
    return word.arg == "default" and ast.literal_eval(word.value) == path and path not in others


def _endpoint(call: ast.Call) -> str:
    return ast.unparse(call.args[1])


def _without(source: str, node: ast.AST) -> str:
    """The source without a node, the comma behind it, and a comment in the rest of its line."""
    lines = source.splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1  # type: ignore[attr-defined]
    before = lines[first].encode()[: node.col_offset].decode()  # type: ignore[attr-defined]
    after = lines[last].encode()[node.end_col_offset :].decode()  # type: ignore[attr-defined]
    rest = re.sub(r"^,? *(#.*)?", "", after)
    return "".join([*lines[:first], before + rest, *lines[last + 1 :]])


def _without_row(source: str, route: Route) -> str:
    """Without the path in the docstring's table, or without its row where it has no other."""
    row = re.search(
        rf"^{route.method} (.*, )?{re.escape(route.path)}(, .*?)?(?= {{3,}}).*\n",
        source,
        re.MULTILINE,
    )
    if row is None:
        return source
    paths = row[0].removeprefix(f"{route.method} ").split("   ")[0].split(", ")
    others = ", ".join(path for path in paths if path != route.path)
    columns = row[0][len(f"{route.method} {', '.join(paths)}") :]
    pad = " " * (len(", ".join(paths)) - len(others))
    return source.replace(row[0], f"{route.method} {others}{pad}{columns}" if others else "", 1)
