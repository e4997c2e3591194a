"""What a record is as a file, and which one is taken into the page."""

from __future__ import annotations

from pathlib import Path

from tests.fidelity import records
from tests.fidelity.records import Record

OLD = Record("1.2", "2026-11-27T02:00:00+00:00", {"tests": 1}, {"no é here": 2}, ["test_a"])
NEW = OLD._replace(finished="2026-11-28T02:00:00+00:00")


def test_a_record_that_was_written_is_read(tmp_path: Path) -> None:
    records.write(tmp_path / "new", "a-part", OLD)

    assert records.read(tmp_path / "new") == {"a-part": OLD}


def test_where_nothing_was_written_there_is_none(tmp_path: Path) -> None:
    assert records.read(tmp_path / "nowhere") == {}


def test_the_record_of_a_part_that_has_none_is_taken() -> None:
    assert records.newer({"a": OLD}, {}) == {"a": OLD}


def test_a_later_record_is_taken() -> None:
    assert records.newer({"a": NEW}, {"a": OLD}) == {"a": NEW}


def test_an_earlier_record_is_left() -> None:
    assert records.newer({"a": OLD}, {"a": NEW}) == {}
