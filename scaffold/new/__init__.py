"""A new function, or a new route in one: everything that belongs to it, ready to run."""

from __future__ import annotations

from scaffold import lists
from scaffold.checkout import Checkout
from scaffold.new import description, function_module, route_test, template_entry
from scaffold.new.wanted import Wanted


def write(checkout: Checkout, wanted: Wanted) -> None:
    """Write the route into the checkout; raises Refused."""
    function_module.write(checkout, wanted)
    template_entry.write(checkout, wanted)
    description.write(checkout, wanted)
    route_test.write(checkout, wanted)
    lists.update(checkout)
