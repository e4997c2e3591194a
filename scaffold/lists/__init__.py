"""The lists that follow from `functions/*.py` and `template.yaml`, each written by its module."""

from __future__ import annotations

from scaffold.checkout import Checkout
from scaffold.lists import allowed_methods, redirects, sample_events, shims, template_lists
from scaffold.routes import read_functions


def update(checkout: Checkout) -> None:
    """Bring every list up to date; raises Refused where a function contradicts another."""
    functions = read_functions(checkout)
    shims.update(checkout, functions)
    redirects.update(checkout, functions)
    allowed_methods.update(checkout, functions)
    template_lists.update(checkout)
    sample_events.update(checkout, functions)
