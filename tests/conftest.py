"""Which database the suite runs on, and in how many processes `-n auto` runs it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from local.database import DatabaseUnavailable, choose_engine
from local.function_settings import FUNCTION_SETTINGS

SELECTING = ("keyword", "markexpr", "lf", "collectonly")
# What would make another local cloud of the one that a test starts.
OWN = (
    "DEBUG",
    "DEBUG_PORT",
    "IDENTITY_AUTOCONFIRM",
    "NAME",
    "PROVIDERS",
    "STYTCH_REDIRECT_URLS",
)
UNIT = Path(__file__).parent / "unit"
# Quick suites come last, so that all processes end at about the same time.
TURN = {"contract": 1, "unit": 2}

# Tests write rows and end sessions: they must not reach a database or a project that the developer
# has exported or keeps in `.env`. An empty value is no value, and wins over `.env`.
os.environ.update(dict.fromkeys((*FUNCTION_SETTINGS, *OWN), ""))


def pytest_report_header() -> str:
    if under_test := os.environ.get("DATABASE_UNDER_TEST"):
        return f"database: {under_test}"
    with tempfile.TemporaryDirectory() as folder:
        try:
            engine = choose_engine(os.environ, Path(folder), lambda *_: None).engine
        except DatabaseUnavailable as unavailable:
            return f"database: none. {unavailable}"
    return f"database: {engine}"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Two more than there are processors, since tests wait for servers half of the time.

    None, which is one for each, where nothing waits, and where each has a Vitess of its own, whose
    start keeps a processor busy. 0 for a selection: it starts at once.
    """
    is_selection = any(config.getoption(option, None) for option in SELECTING)
    if is_selection or not all(map(os.path.isdir, config.args)):
        return 0
    waits = any(Path(folder).resolve() != UNIT for folder in config.args)
    if not waits or os.environ.get("DATABASE_UNDER_TEST"):
        return None
    return (os.cpu_count() or 1) + 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the suites for the processes of `-n`; within a suite the order is kept."""
    if hasattr(config, "workerinput"):
        tests = config.rootpath / "tests"
        items.sort(key=lambda item: TURN.get(item.path.relative_to(tests).parts[0], 0))
