"""Netlify's redirect rules: which one a path matches, and where it leads.

Source: docs.netlify.com, "Redirect options": placeholders, splats, rewrites, first match wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Redirect:
    """Holds one rule; `force` also hides a file of the same path."""

    source: str
    target: str
    status: int = 301
    force: bool = False

    @property
    def is_rewrite(self) -> bool:
        """Tell whether the target itself is answered (200, 404), without a redirect."""
        return self.status not in REDIRECT_STATUSES

    @cached_property
    def pattern(self) -> PathPattern:
        return PathPattern(self.source)


@dataclass(frozen=True)
class Destination:
    """Says where a matched path leads: a path on this site, or (not for a rewrite) any URL."""

    rule: Redirect
    target: str


class PathPattern:
    """Matches a path with `:placeholders`, and a `*` at its end that also matches nothing."""

    def __init__(self, source: str) -> None:
        parts = [self._expression(segment) for segment in source.strip("/").split("/")]
        self._expression_of_path = re.compile("".join(parts) + "/?")

    def match(self, path: str) -> dict[str, str] | None:
        """Return the values of the placeholders and of `splat`, or None."""
        found = self._expression_of_path.fullmatch(path)
        return None if found is None else {k: v or "" for k, v in found.groupdict().items()}

    @staticmethod
    def _expression(segment: str) -> str:
        if segment == "*":
            return "(?:/(?P<splat>.*))?"
        if segment.startswith(":"):
            return f"/(?P<{segment[1:]}>[^/]+)"
        return f"/{re.escape(segment)}" if segment else ""


def destination(rules: Iterable[Redirect], path: str) -> Destination | None:
    """Return the target of the first rule that matches `path`, with its placeholders filled in."""
    for rule in rules:
        values = rule.pattern.match(path)
        if values is not None:
            return Destination(rule, _fill(rule.target, values))
    return None


def _fill(target: str, values: dict[str, str]) -> str:
    return re.sub(r":([A-Za-z_]\w*)", lambda name: values.get(name[1], name[0]), target)
