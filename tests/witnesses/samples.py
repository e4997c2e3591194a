"""Values in the place of a statement's parameters, since vtexplain takes none."""

from __future__ import annotations

import re

# Parameters that stand for numbers; `id` does where the column is `id`.
_NUMBERS = {
    "after_id", "any", "batch", "before", "before_id", "days", "done", "most", "rows",
    "window_start",
}  # fmt: skip
_TIME = "'2026-01-31 09:00:00'"


def with_sample_values(statement: str) -> str:
    """The statement on one line; a text has its parameter's name as value, and a list has three."""
    text = " ".join(statement.split())
    text = re.sub(r"\bIN %\(versions\)s", f"IN ({_TIME})", text)
    text = re.sub(r"%\(asked_at\)s", _TIME, text)
    text = re.sub(r"\bIN %\((\w+)\)s", r"IN ('\1 1', '\1 2', '\1 3')", text)
    text = re.sub(r"\bid = %\(id\)s", "id = 7", text)
    return re.sub(r"%\((\w+)\)s", lambda found: _value(found[1]), text)


def _value(name: str) -> str:
    return "7" if name in _NUMBERS else f"'{name}'"
