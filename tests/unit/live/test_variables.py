"""docs/live.md says which variables a live run reads."""

from __future__ import annotations

import re
from pathlib import Path

from tests.live import accounts

PAGE = Path(__file__).parents[3] / "docs/live.md"


def test_the_page_names_the_variables_that_are_read_and_no_other() -> None:
    source = Path(accounts.__file__).read_text()
    read = set(re.findall(r'"((?:LIVE|LATCHKEY)_[A-Z_]+)"', source))

    assert set(re.findall(r"\b(?:LIVE|LATCHKEY)_[A-Z_]+", PAGE.read_text())) == read
