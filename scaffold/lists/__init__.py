"""The lists that follow from `functions/*.py` and `template.yaml`, each written by its module."""

from __future__ import annotations

from collections.abc import Set

from scaffold.checkout import Checkout, Refused
from scaffold.lists import (
    allowed_methods,
    posts_with_key,
    redirects,
    sample_events,
    shims,
    template_lists,
)
from scaffold.routes import FUNCTION_OF_METHOD, read_functions


def update(checkout: Checkout) -> None:
    """Bring every list up to date; raises Refused where a function contradicts another."""
    functions = read_functions(checkout)
    _check_functions_of_methods({function.name for function in functions})
    shims.update(checkout, functions)
    redirects.update(checkout, functions)
    allowed_methods.update(checkout, functions)
    posts_with_key.update(checkout, functions)
    template_lists.update(checkout)
    sample_events.update(checkout, functions)


def _check_functions_of_methods(names: Set[str]) -> None:
    for method, name in FUNCTION_OF_METHOD.items():
        if name not in names:
            raise Refused(
                f"netlify/gateway.js sends every {method} below /api to functions/{name}.py, "
                "so that must be there, with a route."
            )
