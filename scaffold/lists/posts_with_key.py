"""`POSTS_WITH_KEY` in `public/latchkey.js`: where a front end sends a key of its own accord."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scaffold.checkout import Checkout
from scaffold.lists.regions import replace_between
from scaffold.routes import Function

FILE = "public/latchkey.js"


def update(checkout: Checkout, functions: Sequence[Function]) -> None:
    """Write the list; raises Refused where the module has none."""
    routes = {route for function in functions for route in function.with_key}
    paths = sorted(route.path for route in routes if route.method == "POST")
    text = replace_between(
        checkout.read(FILE), FILE, "const POSTS_WITH_KEY = ", ";\n", json.dumps(paths)
    )
    checkout.write(FILE, text)
