"""`template.yaml` without a route, or without a function."""

from __future__ import annotations

from scaffold.checkout import Checkout
from scaffold.routes import Route, read_function
from scaffold.template import FILE, events_of, logical_ids
from scaffold.yaml_text import YamlText


def remove_route(checkout: Checkout, route: Route, with_function: bool) -> None:
    """Remove its event or, `with_function`, the whole function.

    Where another function has the path, it takes every method of it from now on.
    """
    logical_id = logical_ids(checkout)[route.function]
    path = f"/api{route.path}"
    if with_function:
        _remove(checkout, "Resources", logical_id)
    elif path not in [
        f"/api{other.path}" for other in read_function(checkout, route.function).routes
    ]:
        for event in _events_with(checkout, logical_id, path):
            _remove(checkout, "Resources", logical_id, "Properties", "Events", event)
    _let_one_take_all(checkout, path)


def _events_with(checkout: Checkout, logical_id: str, path: str) -> list[str]:
    events = events_of(checkout, logical_id)
    return [name for name, (_, found) in events.items() if found == path]


def _remove(checkout: Checkout, *keys: str) -> None:
    template = YamlText(FILE, checkout.read(FILE))
    entry = template.entry(*keys)
    end = entry.end
    if not template.lines[end].strip() and not template.lines[entry.line - 1].strip():
        end += 1
    checkout.write(FILE, template.replaced(entry.line, end, ""))


def _let_one_take_all(checkout: Checkout, path: str) -> None:
    """Every path that is left has a route for ANY method, so that a wrong one is a 405."""
    found = [
        (logical_id, event, method)
        for logical_id in logical_ids(checkout).values()
        for event, (method, other) in events_of(checkout, logical_id).items()
        if other == path
    ]
    if not found or "ANY" in [method for _, _, method in found]:
        return
    logical_id, event, method = found[0]
    template = YamlText(FILE, checkout.read(FILE))
    line = template.entry("Resources", logical_id, "Properties", "Events", event).line
    changed = template.lines[line].replace(f"Method: {method},", "Method: ANY,")
    checkout.write(FILE, template.replaced(line, line + 1, changed))
