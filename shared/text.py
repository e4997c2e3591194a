"""Texts as they are compared, stored and shown: e-mail addresses, and characters nobody sees."""

from __future__ import annotations

import re

_LONGEST_EMAIL = 254  # characters; RFC 5321, section 4.5.3.1.3
_EMAIL = (  # compiled when it is first needed
    r"[^@\s\"(),:;<>\[\\\]]{1,64}@[^@\s\"(),:;<>\[\\\]]+\.[^@\s.]+"
)
_JOINERS = frozenset("\u200c\u200d")  # needed inside emoji and in scripts such as Persian
_FLAG, _TAGS = "\U0001f3f4", ("\U000e0020", "\U000e007f")  # together, the flag of a region
# Format characters that are seen: the number signs and marks of Arabic, Syriac and Kaithi.
_SEEN = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")  # letters that nobody sees
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def normalise_email(address: str) -> str:
    """The address composed (NFC) and in lower case, but for what would turn into ASCII.

    The Kelvin sign (U+212A) composes to K, and its lower case is the letter k: normalised, its
    owner would become somebody else. So such an address is not composed, and such letters stay.
    """
    if address.isascii():
        return address.lower()
    import unicodedata  # 0.1 MiB, which a site of ASCII addresses does not need

    composed = unicodedata.normalize("NFC", address)
    is_safe = all(c.isascii() or not unicodedata.normalize("NFC", c).isascii() for c in address)
    chosen = composed if is_safe else address
    return "".join(c.lower() if c.isascii() or not c.lower().isascii() else c for c in chosen)


def is_email(address: str) -> bool:
    """Whether it has the form of an address and can be stored; non-ASCII ones can (RFC 6531)."""
    is_whole = len(address) <= _LONGEST_EMAIL and re.fullmatch(_EMAIL, address) is not None
    return is_whole and not has_hidden_characters(address)


def has_hidden_characters(text: str) -> bool:
    """Whether it has characters that nobody sees, or half a surrogate pair.

    These are control, format (bidi and zero-width ones among them) and filler characters, and line
    separators. A joiner is hidden unless it stands between two characters that are not ASCII.
    """
    return without_hidden_characters(text) != text


def without_hidden_characters(text: str) -> str:
    """The text without the characters that `has_hidden_characters` looks for."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for at, c in enumerate(text) if not _is_hidden(text, at))


def _is_hidden(text: str, at: int) -> bool:
    character = text[at]
    if character in _JOINERS:
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        return not before or not after or before.isascii() or after.isascii()
    if _TAGS[0] <= character <= _TAGS[1]:
        before = text[at - 1 : at] if at else ""
        return before != _FLAG and not _TAGS[0] <= before <= _TAGS[1]
    import unicodedata

    is_unseen = unicodedata.category(character) in _UNSEEN_CATEGORIES and character not in _SEEN
    return is_unseen or character in _FILLERS
