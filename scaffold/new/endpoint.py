"""The Python of one endpoint: itself, its route, its imports, and its line in the docstring."""

from __future__ import annotations

from scaffold.new.names import parameter_variable
from scaffold.new.wanted import Wanted


def source(wanted: Wanted, name: str) -> str:
    """The endpoint: it finds out who is calling, reads what is asked for, and answers it."""
    answer = ['"message": "success"']
    body = [] if wanted.who == "anyone" else [f"caller.{wanted.who}(request)"]
    for parameter in wanted.parameters:
        variable = parameter_variable(wanted.route.path) if parameter == "id" else parameter
        read = "parameters.path_id(request)" if parameter == "id" else _path_parameter(parameter)
        body.append(f"{variable} = {read}")
        answer.append(f'"{parameter}": {variable}')
    if wanted.has_body:
        body.append('fields = await bodies.read_fields(request, {"name": bodies.text})')
        answer.append("**fields")
    unused = "" if body else "  # noqa: ARG001"
    return "\n    ".join(
        [
            f"async def {name}(request: Request) -> JSONResponse:{unused}",
            '"""Say here what it does."""',
            *body,
            "# Go on here: call a function of shared/database/, and answer what it gave.",
            f"return JSONResponse({{{', '.join(answer)}}})",
        ]
    )


def route(wanted: Wanted, name: str) -> str:
    """The route of the endpoint of this name."""
    method = wanted.route.method
    methods = "" if method == "GET" else f', methods=["{method}"]'
    return f'Route("{wanted.route.path}", {name}{methods})'


def imports(wanted: Wanted) -> str:
    """What the endpoint needs; the formatter joins them with imports that are there."""
    helpers = {
        "bodies": wanted.has_body,
        "caller": wanted.who != "anyone",
        "parameters": "id" in wanted.parameters,
    }
    used = [name for name, is_used in helpers.items() if is_used]
    return (
        "from starlette.requests import Request\n"
        "from starlette.responses import JSONResponse\n"
        "from starlette.routing import Route\n"
        + "".join(f"from shared.http import {name}\n" for name in used)
    )


def docstring_row(wanted: Wanted) -> tuple[str, str, str]:
    """The line of the module's docstring, in its three columns."""
    return str(wanted.route), wanted.who_in_words, "200, say here what it answers"


def _path_parameter(name: str) -> str:
    return f'str(request.path_params["{name}"])'
