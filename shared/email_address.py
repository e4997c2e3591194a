"""E-mail addresses as they are compared and stored."""

from __future__ import annotations


def fold_email(address: str) -> str:
    """The address in lower case, but for letters that would turn into ASCII ones.

    The lower case of the Kelvin sign (U+212A) is the letter k: its owner would become somebody
    else.
    """
    return "".join(c.lower() if c.isascii() or not c.lower().isascii() else c for c in address)
