"""Characters that nobody sees, or that change the order in which others are read."""

from __future__ import annotations

import unicodedata

_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ZERO_WIDTH = frozenset("\u00ad\u180e\u200b\u2060\ufeff")
_JOINERS = frozenset("\u200c\u200d")  # needed inside emoji and in scripts such as Persian


def has_hidden_characters(text: str) -> bool:
    """Whether it has control, bidi control or zero-width characters, or half a surrogate pair.

    A joiner is hidden unless it stands between two characters that are not ASCII.
    """
    return without_hidden_characters(text) != text


def without_hidden_characters(text: str) -> str:
    """The text without the characters that `has_hidden_characters` looks for."""
    return "".join(c for at, c in enumerate(text) if not _is_hidden(text, at))


def _is_hidden(text: str, at: int) -> bool:
    character = text[at]
    if character in _JOINERS:
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        return not before or not after or before.isascii() or after.isascii()
    is_mark = character in _BIDI_CONTROLS or character in _ZERO_WIDTH
    return is_mark or unicodedata.category(character) in {"Cc", "Cs"}
