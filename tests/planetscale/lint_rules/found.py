"""What a rule is given, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Keyspaces = Mapping[str, Any]  # as in migrations/vschema.json
Found = Iterator[tuple[str, str]]  # the table, and what is wrong with it
