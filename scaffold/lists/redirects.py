"""The redirects of `netlify.toml` for resources that are not served by the `api` function.

Netlify takes the first rule that matches, and its rules do not know methods (docs.netlify.com,
"Redirect options"). So all methods of a resource go to one function, or to `api`, which picks
`get`, `create`, `update` or `delete` by the method.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scaffold.checkout import Checkout, Refused
from scaffold.lists.regions import replace_between
from scaffold.lists.shims import API
from scaffold.routes import FUNCTION_OF_METHOD, Function, Route, covers

FILE = "netlify.toml"
FIRST_LINE = "# `make routes` writes the redirects from here on.\n"
LAST_LINE = "# The `api` function picks create, get, update or delete by the HTTP method.\n"

_RULE = """
[[redirects]]
from = "{source}"
to = "{target}"
status = 200
force = true
"""


def update(checkout: Checkout, functions: Sequence[Function]) -> None:
    """Write them; raises Refused for a resource that Netlify cannot divide as the routes do."""
    defaults = {function.name: function.default for function in functions}
    routes = [route for function in functions for route in function.routes]
    owners = {path: _owner(path, routes) for path in {route.path for route in routes}}
    rules = "".join(_rule(path, owner, defaults) for path, owner in _ordered(owners))
    text = replace_between(checkout.read(FILE), FILE, FIRST_LINE, LAST_LINE, f"{rules}\n")
    checkout.write(FILE, text)


def _owner(path: str, routes: Sequence[Route]) -> str:
    """The one function that serves the resource, or `api`; raises Refused."""
    mine = [route for route in routes if route.path == path]
    functions = sorted({route.function for route in mine})
    if not any(route.has_own_function for route in mine):
        return API
    if len(functions) > 1:
        listed = ", ".join(FUNCTION_OF_METHOD.values())
        raise Refused(
            f"Netlify can send {path} to one function only, not to {' and '.join(functions)}: "
            f"serve all of its methods in one, or each in its own of {listed}."
        )
    return functions[0]


def _ordered(owners: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The resources that need a rule, literal paths before patterns.

    A resource of `api` needs one where the pattern of another rule would take it.
    """
    own = [path for path, owner in owners.items() if owner != API]
    for path in sorted(owners, key=lambda path: (path.count("{"), path)):
        if owners[path] != API or any(covers(pattern, path) for pattern in own):
            yield path, owners[path]


def _rule(path: str, owner: str, defaults: dict[str, str | None]) -> str:
    with_placeholders = re.sub(r"\{(\w+)\}", r":\1", path)
    rest = "" if defaults.get(owner) == path else with_placeholders
    return _RULE.format(
        source=f"/api{with_placeholders}", target=f"/.netlify/functions/{owner}{rest}"
    )
