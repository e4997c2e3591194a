"""`make audit` with pip-audit itself: what it finds, and what it says when nobody answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NOBODY_LISTENS = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


def write_advisory(folder: Path, name: str, version: str) -> None:
    package = {"ecosystem": "PyPI", "name": name}
    events = [{"introduced": version}, {"fixed": f"{version}.1"}]
    entry = {
        "package": package,
        "versions": [version],
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
    }
    advisory = {
        "id": f"PYSEC-{name}",
        "aliases": ["CVE-1"],
        "modified": "2026-01-02T03:04:05Z",
        "published": "2026-01-02T03:04:05Z",
        "affected": [entry],
    }
    (folder / f"{name}.json").write_text(json.dumps(advisory))


@pytest.fixture
def advisories(tmp_path: Path) -> Path:
    """A snapshot with the advisory that every source has to know."""
    folder = tmp_path / "advisories"
    folder.mkdir()
    write_advisory(folder, "jinja2", "2.4.1")
    return folder


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    """One distribution in two versions, for two platforms."""
    file = tmp_path / "requirements.txt"
    file.write_text("quill==1.0 ; sys_platform == 'win32'\nquill==2.0 ; sys_platform != 'win32'\n")
    return file


def audit(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "local", "audit", *arguments],
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
    )


def test_nothing_known_is_a_success_that_says_who_was_asked(advisories, pins):
    done = audit("--offline", "--advisories", advisories, pins)

    assert done.returncode == 0
    assert f"2 pins, asked: {advisories}, whose newest advisory is of 2026-01-02" in done.stdout
    assert "No vulnerability is known there." in done.stdout


def test_a_known_vulnerability_is_told_with_what_mends_it_on_every_platform(advisories, pins):
    write_advisory(advisories, "quill", "1.0")

    done = audit("--offline", "--advisories", advisories, pins)

    assert done.returncode == 1
    assert "quill 1.0: PYSEC-quill CVE-1; fixed in 1.0.1\n" in done.stdout
    assert "quill 2.0" not in done.stdout


def test_the_snapshot_is_asked_where_the_registry_does_not_answer(advisories, pins):
    done = audit("--advisories", advisories, pins, **NOBODY_LISTENS)

    assert done.returncode == 0
    assert "Not asked: the registry, pypi.org: " in done.stderr
    assert f"asked: {advisories}" in done.stdout


def test_who_knows_no_advisory_at_all_is_not_believed(tmp_path, pins):
    done = audit("--offline", "--advisories", tmp_path, pins)

    assert done.returncode == 2
    assert f"Not asked: {tmp_path}: it has no advisory about jinja2 2.4.1" in done.stderr


def test_when_nobody_could_be_asked_it_says_what_to_do(pins):
    done = audit(pins, **NOBODY_LISTENS)

    assert done.returncode == 2
    assert "Nobody could be asked, so nothing is known about the 2 pins." in done.stderr
    assert 'make audit ARGS="--advisories advisory-database"' in done.stderr


def test_without_a_file_both_files_of_the_project_are_asked_about(advisories):
    done = audit("--offline", "--advisories", advisories)

    count = len({line.split()[0] for line in pinned_lines()})
    assert f"{count} pins, asked: " in done.stdout


def pinned_lines() -> list[str]:
    files = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
    return [line for file in files for line in file.read_text().splitlines() if line[:1].isalnum()]
