"""`functions/<name>.py`: a new one, or one more endpoint and route in one that is there."""

from __future__ import annotations

import ast
import re

from scaffold.checkout import Checkout, Refused
from scaffold.new import endpoint
from scaffold.new.wanted import Wanted
from scaffold.python_text import formatted
from scaffold.routes import application_call, covers, route_calls, same_resource

_MODULE = '''\
"""Say here in one line what this function does.

{row}
"""

from __future__ import annotations

from shared.application import application
from shared.lambda_handler import make_handler
{imports}

{endpoint}


handler = make_handler(application("{name}", {default}routes=[{route}]))
'''
_LONGEST_LINE = 100  # characters
_ROW = re.compile(r"^((?:GET|POST|PATCH|DELETE) .*?) {3,}(.*?) {3,}(.*)$", re.MULTILINE)


def write(checkout: Checkout, wanted: Wanted) -> None:
    """Write the module; raises Refused where its source is not laid out as usual."""
    path = f"functions/{wanted.route.function}.py"
    source = _new(wanted) if wanted.is_new_function else _extended(checkout.read(path), wanted)
    checkout.write(path, formatted(path, source))


def _new(wanted: Wanted) -> str:
    name, path = wanted.route.function, wanted.route.path
    return _MODULE.format(
        row="   ".join(endpoint.docstring_row(wanted)),
        imports=endpoint.imports(wanted),
        endpoint=endpoint.source(wanted, wanted.endpoint),
        name=name,
        default="" if wanted.parameters else f'default="{path}", ',
        route=endpoint.route(wanted, wanted.endpoint),
    )


def _extended(source: str, wanted: Wanted) -> str:
    """The module with the endpoint behind the others, and the route where nothing hides it."""
    tree = ast.parse(source)
    name = _free_name(tree, wanted.endpoint)
    lines = source.splitlines(keepends=True)
    application = application_call(tree)
    _insert_route(lines, application, endpoint.route(wanted, name), wanted.route.path)
    lines.insert(_end_of_endpoints(tree, application), f"\n\n{endpoint.source(wanted, name)}\n")
    lines.insert(_end_of_imports(tree), endpoint.imports(wanted))
    return _with_row("".join(lines), endpoint.docstring_row(wanted))


def _free_name(tree: ast.Module, name: str) -> str:
    """The name, or with a number where the module has something of that name."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    taken = {node.name for node in tree.body if isinstance(node, functions)}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            taken |= {alias.asname or alias.name for alias in node.names}
    numbered = (f"{name}_{number}" for number in range(2, 100))
    return next(free for free in (name, *numbered) if free not in taken)


def _insert_route(lines: list[str], application: ast.Call, route: str, path: str) -> None:
    """Before the first route that would take its requests, else behind all routes."""
    calls = route_calls(application)
    hiding = [call for call in calls if _hides(ast.literal_eval(call.args[0]), path)]
    if hiding:
        _insert_text(lines, hiding[0].lineno, hiding[0].col_offset, f"{route}, ")
        return
    end_of_list = max(_end(node)[0] for node in ast.walk(application) if isinstance(node, ast.List))
    line, column = _end(calls[-1])
    if end_of_list > line:  # a comment may follow the last route in its line
        lines.insert(end_of_list - 1, f"{route},\n")
    else:
        _insert_text(lines, line, column, f", {route}")


def _hides(pattern: str, path: str) -> bool:
    return covers(pattern, path) and not same_resource(pattern, path)


def _end(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or 0, node.end_col_offset or 0


def _insert_text(lines: list[str], line: int, column: int, text: str) -> None:
    """`column` counts bytes, as Python's parser does."""
    encoded = lines[line - 1].encode()
    lines[line - 1] = (encoded[:column] + text.encode() + encoded[column:]).decode()


def _end_of_endpoints(tree: ast.Module, application: ast.Call) -> int:
    names = {node.id for node in ast.walk(application) if isinstance(node, ast.Name)}
    ends = [
        node.end_lineno or 0
        for node in tree.body
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and node.name in names
    ]
    if not ends:
        raise Refused("The function's module must have its endpoints as functions of its own.")
    return max(ends)


def _end_of_imports(tree: ast.Module) -> int:
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom | ast.Import)]
    return max(node.end_lineno or 0 for node in imports)


def _with_row(source: str, row: tuple[str, str, str]) -> str:
    """The source with one more row in the docstring's table of routes, if there is one."""
    end = source.find('"""', source.find('"""') + 3)
    rows = [match.groups() for match in _ROW.finditer(source, 0, end)]
    if not rows:
        return source
    widths = [max(len(cells[n]) for cells in [*rows, row]) for n in (0, 1)]
    table = _ROW.sub(lambda match: _line(match.groups(), widths), source[:end])
    new_row = _line(row, widths)
    if max(map(len, [*table.splitlines(), new_row])) > _LONGEST_LINE:
        table, new_row = source[:end], "   ".join(row)
    last = list(_ROW.finditer(table))[-1].end()
    return f"{table[:last]}\n{new_row}{table[last:]}{source[end:]}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return f"{cells[0]:<{widths[0]}}   {cells[1]:<{widths[1]}}   {cells[2]}"
