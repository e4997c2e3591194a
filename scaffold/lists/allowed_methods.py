"""`METHODS` in `shared/http/resources.py`: what a 405 of `/api` names in `Allow`."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.checkout import Checkout
from scaffold.lists.regions import replace_between
from scaffold.python_text import formatted
from scaffold.routes import Function

FILE = "shared/http/resources.py"


def update(checkout: Checkout, functions: Sequence[Function]) -> None:
    """Write the table, with HEAD wherever there is GET."""
    methods: dict[str, set[str]] = {}
    for route in (route for function in functions for route in function.routes):
        methods.setdefault(route.path, set()).add(route.method)
        if route.method == "GET":
            methods[route.path].add("HEAD")
    rows = (f'    "{path}": {tuple(sorted(methods[path]))!r},\n' for path in sorted(methods))
    text = replace_between(
        checkout.read(FILE), FILE, "METHODS: dict[str, tuple[str, ...]] = {\n", "}\n", "".join(rows)
    )
    checkout.write(FILE, formatted(FILE, text))
