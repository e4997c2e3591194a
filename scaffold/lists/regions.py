"""Parts of files: what stands between two known texts is written anew, the rest stays."""

from __future__ import annotations

from scaffold.checkout import Refused


def replace_between(text: str, file: str, before: str, after: str, content: str) -> str:
    """The text with `content` between these two; raises Refused where they are not in the file."""
    start = text.find(before)
    end = text.find(after, start + len(before))
    if start < 0 or end < 0:
        missing = before if start < 0 else after
        raise Refused(f"In {file}, there must be: {missing.strip()}")
    return text[: start + len(before)] + content + text[end:]
