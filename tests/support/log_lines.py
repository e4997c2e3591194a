"""The lines that were logged, as objects."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

LogLines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def log_lines(capsys: pytest.CaptureFixture[str]) -> LogLines:
    """Answers the lines that were logged since it was last asked."""
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
