"""HTML made of elements: every text is escaped, unless it is HTML already."""

from __future__ import annotations

from html import escape

VOID = frozenset({"br", "hr", "input", "link", "meta", "rect"})


class Html(str):
    """Text that is HTML."""

    __slots__ = ()


def el(name: str, /, *children: str | None, **attributes: str | int | bool | None) -> Html:
    """Make an element.

    The attribute `class_` is written `class`, and `aria_label` is `aria-label`. True stands for an
    attribute without a value; False and None leave it out.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def scrolling(wide: Html, label: str) -> Html:
    """Make a place that scrolls sideways by itself, with the keyboard too."""
    return el("div", wide, class_="wide card", tabindex=0, role="region", aria_label=label)


def join(*children: str | None) -> Html:
    """Put texts and elements behind each other; None is nothing."""
    return Html("".join(_child(child) for child in children if child is not None))


def _child(child: str) -> str:
    return child if isinstance(child, Html) else escape(child)


def _attribute(key: str, value: str | int | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
