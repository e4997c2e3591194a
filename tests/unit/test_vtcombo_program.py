"""tests/witnesses/vtcombo.py: what the tests say where Vitess cannot be had."""

from __future__ import annotations

import pytest

from tests.witnesses import vtcombo
from tests.witnesses.vtcombo import NoVitess


def test_without_go_it_says_what_was_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GO", "none")

    with pytest.raises(NoVitess, match=r"Not run, since there is no Go here: .* vtgate"):
        vtcombo.find({})


def test_without_mysql_it_says_what_was_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GO", "true")
    monkeypatch.setattr(vtcombo, "find_mysql", lambda _: None)

    with pytest.raises(NoVitess, match=r"Not run, since there is no MySQL .* vtgate"):
        vtcombo.find({})
