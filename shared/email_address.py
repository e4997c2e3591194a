"""E-mail addresses as they are compared and stored."""

from __future__ import annotations

import re
import unicodedata

from shared.text import has_hidden_characters

_LONGEST = 254  # characters; RFC 5321, section 4.5.3.1.3
_FORM = re.compile(r"[^@\s\"(),:;<>\[\\\]]{1,64}@[^@\s\"(),:;<>\[\\\]]+\.[^@\s.]+")


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
    is_whole = len(address) <= _LONGEST and _FORM.fullmatch(address) is not None
    return is_whole and not has_hidden_characters(address)
