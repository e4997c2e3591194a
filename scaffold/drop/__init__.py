"""Takes a route out of the project, and its function with the last of its routes."""

from __future__ import annotations

from scaffold import lists
from scaffold.checkout import Checkout
from scaffold.drop import description, function_module, template_entry
from scaffold.routes import Route, read_function


def remove(checkout: Checkout, route: Route) -> None:
    """Take the route out of its function, the template and the description; raises Refused.

    Its statements and its tests stay: others may need them.
    """
    is_last = len(read_function(checkout, route.function).routes) == 1
    if is_last:
        checkout.remove(f"functions/{route.function}.py")
    else:
        function_module.remove_route(checkout, route)
    template_entry.remove_route(checkout, route, with_function=is_last)
    description.remove_route(checkout, route)
    lists.update(checkout)
