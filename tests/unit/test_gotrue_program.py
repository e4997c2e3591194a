"""tests/witnesses/gotrue.py: where the tests look for GoTrue, and what they say without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.witnesses import gotrue
from tests.witnesses.gotrue import NoGoTrue, Program


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a program and its migrations."""
    (tmp_path / "migrations").mkdir()
    program = tmp_path / "gotrue"
    program.touch(mode=0o755)
    return tmp_path


@pytest.fixture(autouse=True)
def without_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GO", "none")


def test_the_program_that_is_named_has_its_migrations_beside_it(checkout: Path) -> None:
    found = gotrue.find({"GOTRUE": f"{checkout}/gotrue"})

    assert found == Program(checkout / "gotrue", checkout / "migrations")


def test_one_on_path_is_found(checkout: Path) -> None:
    assert gotrue.find({"PATH": str(checkout)}).path == checkout / "gotrue"


def test_its_own_setting_names_the_migrations(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environ = {"GOTRUE": f"{checkout}/gotrue", "GOTRUE_DB_MIGRATIONS_PATH": str(elsewhere)}

    assert gotrue.find(environ).migrations == elsewhere


def test_a_program_without_migrations_is_refused(checkout: Path) -> None:
    (checkout / "migrations").rmdir()

    with pytest.raises(NoGoTrue, match="GOTRUE_DB_MIGRATIONS_PATH"):
        gotrue.find({"GOTRUE": f"{checkout}/gotrue"})


@pytest.mark.parametrize("name", ["nowhere", "migrations"])
def test_what_is_no_program_is_refused(checkout: Path, name: str) -> None:
    with pytest.raises(NoGoTrue, match="is no program"):
        gotrue.find({"GOTRUE": f"{checkout}/{name}"})


def test_without_any_it_says_what_was_not_run_and_how_to_have_it() -> None:
    with pytest.raises(NoGoTrue, match=r"Not run.*make build.*GOTRUE"):
        gotrue.find({"PATH": "/nowhere"})
