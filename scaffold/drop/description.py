"""`docs/openapi.yaml` without an operation. Schemas that nothing names any more go as well."""

from __future__ import annotations

import re

from scaffold.checkout import Checkout
from scaffold.lists.sample_contents import DESCRIPTION
from scaffold.routes import Route
from scaffold.yaml_text import YamlText


def remove_route(checkout: Checkout, route: Route) -> None:
    """Remove the operation, its path with the last one, and its tag with the last one."""
    method = route.method.lower()
    description = YamlText(DESCRIPTION, checkout.read(DESCRIPTION))
    if not description.has("paths", route.path, method):
        return
    operations = set(description.entry("paths", route.path).keys) - {"parameters"}
    keys = ("paths", route.path) if operations == {method} else ("paths", route.path, method)
    _remove(checkout, *keys)
    _remove_unused_tags(checkout)
    while unused := _unused_schemas(checkout):
        _remove(checkout, "components", "schemas", unused[0])


def _remove(checkout: Checkout, *keys: str) -> None:
    description = YamlText(DESCRIPTION, checkout.read(DESCRIPTION))
    entry = description.entry(*keys)
    checkout.write(DESCRIPTION, description.replaced(entry.line, entry.end, ""))


def _remove_unused_tags(checkout: Checkout) -> None:
    text = checkout.read(DESCRIPTION)
    used = set(re.findall(r"^ +tags: \[(.+)\]$", text, re.MULTILINE))
    description = YamlText(DESCRIPTION, text)
    tags = description.entry("tags")
    lines = description.lines[tags.line + 1 : tags.end]
    kept = [line for line in lines if line.strip().removeprefix("- name: ") in used]
    checkout.write(DESCRIPTION, description.replaced(tags.line + 1, tags.end, "".join(kept)))


def _unused_schemas(checkout: Checkout) -> list[str]:
    text = checkout.read(DESCRIPTION)
    schemas = YamlText(DESCRIPTION, text).entry("components", "schemas").keys
    return [name for name in schemas if f"#/components/schemas/{name}'" not in text]
