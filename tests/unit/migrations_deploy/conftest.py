from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from migrations import deploy, deployment
from migrations.files import read_migrations

NAMES = [migration.name for migration in read_migrations()]
FAKE = Path(__file__).with_name("fake_pscale.py")


class FakePlanetScale:
    """The file behind the fake `pscale`; keyword arguments replace parts of its world."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._write(
            {
                "told": [],
                "folder": NAMES,
                "logged_in": True,
                "failing": [],
                "safe_migrations": True,
                "branches": {"main": []},
                "requests": [],
                "states_when_opened": ["pending", "ready"],
                "states_when_deployed": ["queued", "in_progress", "complete_pending_revert"],
                "states_when_reverted": ["in_progress_revert", "complete_revert"],
            }
        )

    def set(self, **parts: Any) -> None:
        self._write({**self._read(), **parts})

    @property
    def applied(self) -> dict[str, list[str]]:
        """What each branch holds to be applied."""
        return self._read()["branches"]

    @property
    def told(self) -> list[str]:
        """Every command so far, without what it was executed by."""
        return [brief(words) for words in self._read()["told"]]

    @property
    def told_in_full(self) -> list[str]:
        return [shlex.join(["pscale", *words]) for words in self._read()["told"]]

    def forget_told(self) -> None:
        self.set(told=[])

    def _read(self) -> dict[str, Any]:
        return json.loads(self._file.read_text())

    def _write(self, world: dict[str, Any]) -> None:
        self._file.write_text(json.dumps(world))


def brief(words: Sequence[str]) -> str:
    """`connect main: migrations.records add …`, or the first words of another command."""
    if words[0] != "connect":
        return " ".join(words[:2])
    executed = shlex.split(words[words.index("--execute") + 1])
    return f"connect {words[2]}: {' '.join(executed[2:])}"


@pytest.fixture
def planetscale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePlanetScale:
    """A fake `pscale` on PATH, before any real one."""
    program = tmp_path / "bin" / "pscale"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{FAKE.read_text()}")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_PSCALE", str(tmp_path / "planetscale.json"))
    monkeypatch.setattr(deployment, "POLL_SECONDS", 0.0)
    return FakePlanetScale(tmp_path / "planetscale.json")


@pytest.fixture
def deploy_db(monkeypatch: pytest.MonkeyPatch):
    """Runs `python -m migrations.deploy` with these words, in this process."""
    return lambda *words: deploy.main(words)
