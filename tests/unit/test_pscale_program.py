"""tests/witnesses/pscale.py: where the tests look for pscale, and what they say without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.witnesses import pscale
from tests.witnesses.pscale import NoPscale


@pytest.fixture
def program(tmp_path: Path) -> Path:
    program = tmp_path / "pscale"
    program.touch(mode=0o755)
    return program


def test_the_program_that_is_named_comes_first(program: Path, tmp_path: Path) -> None:
    named = tmp_path / "named"
    named.touch(mode=0o755)

    assert pscale.find({"PSCALE": str(named), "PATH": str(tmp_path)}) == named


def test_one_on_path_is_found(program: Path, tmp_path: Path) -> None:
    assert pscale.find({"PATH": str(tmp_path)}) == program


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_what_is_no_program_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoPscale, match="is no program"):
        pscale.find({"PSCALE": f"{tmp_path}/{name}"})


def test_without_any_it_says_what_was_not_run_and_how_to_have_it() -> None:
    with pytest.raises(NoPscale, match=r"Not run.*PSCALE"):
        pscale.find({"PATH": "/nowhere"})
