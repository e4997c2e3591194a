"""Which versions an advisory is about, by the rules of the Open Source Vulnerability format."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.audit.scanner import NotAsked
from local.audit.snapshot import Snapshot, read_snapshot

INTRODUCED_AND_FIXED = [{"introduced": "2.0"}, {"fixed": "2.3"}]


def advisory(name: str = "quill", **entry: object) -> dict:
    package = {"ecosystem": "PyPI", "name": name}
    return {"id": "PYSEC-1", "affected": [{"package": package, **entry}]}


def within(*events: dict) -> dict:
    return advisory(ranges=[{"type": "ECOSYSTEM", "events": list(events)}])


def is_known(found: dict, version: str, name: str = "quill") -> bool:
    return bool(Snapshot([found]).about(name, version))


def test_a_version_that_is_listed_is_affected():
    assert is_known(advisory(versions=["1.0", "1.1"]), "1.1")


def test_a_version_that_is_not_listed_is_not_affected():
    assert not is_known(advisory(versions=["1.0", "1.1"]), "1.2")


@pytest.mark.parametrize(
    ("version", "affected"),
    [("1.9", False), ("2.0", True), ("2.2.9", True), ("2.3rc1", True), ("2.3", False)],
)
def test_a_range_goes_from_introduced_to_before_fixed(version, affected):
    assert is_known(within(*INTRODUCED_AND_FIXED), version) == affected


@pytest.mark.parametrize(("version", "affected"), [("2.3", True), ("2.3.1", False)])
def test_the_last_affected_version_is_affected(version, affected):
    assert is_known(within({"introduced": "0"}, {"last_affected": "2.3"}), version) == affected


@pytest.mark.parametrize(("version", "affected"), [("2.5", False), ("3.0", True), ("10.0", True)])
def test_a_hole_may_come_back(version, affected):
    events = [{"introduced": "3.0"}, *INTRODUCED_AND_FIXED]

    assert is_known(within(*events), version) == affected


def test_introduced_0_is_before_every_version():
    assert is_known(within({"introduced": "0"}), "0.0.dev1")


def test_a_range_that_cannot_be_compared_is_told():
    assert is_known(within({"introduced": "0"}, {"fixed": "1.0-final-final"}), "5.0")


def test_commits_are_no_versions():
    commits = {"type": "GIT", "events": [{"introduced": "0"}]}

    assert not is_known(advisory(ranges=[commits]), "1.0")


def test_names_are_compared_as_indexes_do():
    assert is_known(advisory("Quill.Pen", versions=["1.0"]), "1.0", "quill-pen")


def test_another_ecosystem_is_not_meant():
    found = advisory(versions=["1.0"])
    found["affected"][0]["package"]["ecosystem"] = "npm"

    assert not is_known(found, "1.0")


def test_a_withdrawn_advisory_does_not_count():
    found = advisory(versions=["1.0"]) | {"withdrawn": "2024-01-01T00:00:00Z"}

    assert not is_known(found, "1.0")


def test_the_newest_change_tells_how_old_a_snapshot_is():
    changes = ["2024-03-01T00:00:00Z", "2025-01-01T00:00:00Z", "2023-01-01T00:00:00Z"]

    snapshot = Snapshot([advisory() | {"modified": change} for change in changes])

    assert snapshot.newest == "2025-01-01T00:00:00Z"


def test_json_and_yaml_are_read_in_every_folder(tmp_path: Path):
    (tmp_path / "vulns").mkdir()
    (tmp_path / "vulns" / "one.yaml").write_text(
        "id: PYSEC-1\nmodified: 2024-01-01T00:00:00Z\n"
        "affected:\n- package: {ecosystem: PyPI, name: quill}\n  versions: [1.0]\n"
    )
    (tmp_path / "two.json").write_text(
        '{"id": "PYSEC-2", "affected":'
        ' [{"package": {"ecosystem": "PyPI", "name": "quill"}, "versions": ["1.0"]}]}'
    )
    (tmp_path / "README.md").write_text("Advisories.\n")

    found = read_snapshot(tmp_path).about("quill", "1.0")

    assert {each["id"] for each in found} == {"PYSEC-1", "PYSEC-2"}


@pytest.mark.parametrize(("name", "text"), [("one.json", "{"), ("one.yaml", "a: [")])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str, text: str):
    (tmp_path / name).write_text(text)

    with pytest.raises(NotAsked, match="cannot be read"):
        read_snapshot(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(NotAsked, match="is no folder"):
        read_snapshot(tmp_path / "advisories")
