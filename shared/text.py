"""Texts as they are compared, stored and shown: e-mail addresses, and characters nobody sees."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_EMAIL = 254  # characters; RFC 5321, section 4.5.3.1.3
_EMAIL = (  # compiled when it is first needed
    r"[^@\s\"(),:;<>\[\\\]]{1,64}@[^@\s\"(),:;<>\[\\\]]+\.[^@\s.]+"
)
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ZERO_WIDTH = frozenset("\u00ad\u180e\u200b\u2060\ufeff")
_JOINERS = frozenset("\u200c\u200d")  # needed inside emoji and in scripts such as Persian


def normalise_email(address: str) -> str:
    """The address composed (NFC) and in lower case, but for what would turn into ASCII.

    The Kelvin sign (U+212A) composes to K, and its lower case is the letter k: normalised, its
    owner would become somebody else. So such an address is not composed, and such letters stay.
    """
    composed = unicodedata.normalize("NFC", address)
    is_safe = all(c.isascii() or not unicodedata.normalize("NFC", c).isascii() for c in address)
    chosen = composed if is_safe else address
    return "".join(c.lower() if c.isascii() or not c.lower().isascii() else c for c in chosen)


def is_email(address: str) -> bool:
    """Whether it has the form of an address and can be stored; non-ASCII ones can (RFC 6531)."""
    is_whole = len(address) <= _LONGEST_EMAIL and re.fullmatch(_EMAIL, address) is not None
    return is_whole and not has_hidden_characters(address)


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
