"""In how many processes `make test` runs."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest

ROOT = Path(__file__).parents[2]
FOR_EACH_PROCESSOR = None
NO_FURTHER_ONE = 0


def processes(*paths: str, **options: Any) -> int | None:
    config = SimpleNamespace(args=paths, getoption=options.get)
    return conftest.pytest_xdist_auto_num_workers(config)


@pytest.mark.parametrize("paths", [["tests/unit", "tests/contract"], ["tests/integration"]])
def test_folders_whose_tests_wait_have_two_more_than_processors(
    paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_UNDER_TEST", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    assert processes(*(str(ROOT / path) for path in paths)) == 4


def test_a_vitess_for_each_process_leaves_one_for_each_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_UNDER_TEST", "vitess")

    assert processes(str(ROOT / "tests" / "integration")) is FOR_EACH_PROCESSOR


def test_the_tests_of_one_module_each_have_one_for_each_processor() -> None:
    assert processes(str(ROOT / "tests" / "unit")) is FOR_EACH_PROCESSOR


@pytest.mark.parametrize("path", [__file__, f"{__file__}::test_a_file_or_a_test_starts_at_once"])
def test_a_file_or_a_test_starts_at_once(path: str) -> None:
    assert processes(path) == NO_FURTHER_ONE


@pytest.mark.parametrize("option", [{"keyword": "health"}, {"lf": True}, {"collectonly": True}])
def test_a_selection_of_tests_starts_at_once(option: dict[str, Any]) -> None:
    assert processes("tests", **option) == NO_FURTHER_ONE
