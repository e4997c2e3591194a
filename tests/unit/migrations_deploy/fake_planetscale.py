"""A small PlanetScale in memory, which takes the place of `subprocess.run` in front of `pscale`.

Its answers have the shape of planetscale/cli, August 2026. `connect --execute` runs nothing: it
does to the branch's history what our modules would do.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from migrations import deploy_steps


class FakePlanetScale:
    """A test sets attributes before a run: what fails, what is there, which states follow."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.commands: list[str] = []
        self.failing = ""
        self.has_safe_migrations = True
        self.branches: dict[str, list[str]] = {"main": []}  # and what is recorded on them
        self.requests: list[dict[str, Any]] = []
        self.states_when_opened = ["pending", "ready"]
        self.states_when_deployed = ["queued", "in_progress", "complete_pending_revert"]
        self.states_when_reverted = ["in_progress_revert", "complete_revert"]
        runner = SimpleNamespace(run=self.run, PIPE=subprocess.PIPE)
        monkeypatch.setattr(deploy_steps, "subprocess", runner)
        monkeypatch.setattr(deploy_steps, "POLL_SECONDS", 0.0)

    @property
    def told(self) -> list[str]:
        """Every command so far, in short."""
        return [brief(shlex.split(command)) for command in self.commands]

    def run(
        self, words: Sequence[str], stdout: int | None, **_options: Any
    ) -> subprocess.CompletedProcess[str]:
        self.commands.append(shlex.join(words))
        name = words[1] if words[1] == "connect" else " ".join(words[1:3])
        if name == self.failing:
            sys.stderr.write(f"Error: {name} is down\n")
            return subprocess.CompletedProcess(words, 2, "")
        answer = getattr(self, name.replace(" ", "_").replace("-", "_"))(words)
        if stdout is None:
            sys.stdout.write(answer or "")
        return subprocess.CompletedProcess(words, 0, answer)

    def auth_check(self, _words: Sequence[str]) -> None:
        pass

    def branch_list(self, _words: Sequence[str]) -> str:
        safe = self.has_safe_migrations
        return json.dumps([{"name": name, "safe_migrations": safe} for name in self.branches])

    def branch_create(self, words: Sequence[str]) -> None:
        self.branches[words[4]] = []  # a new branch has the schema, and no rows

    def connect(self, words: Sequence[str]) -> str:
        branch = words[3]
        applied = self.branches[branch]
        module, *arguments = shlex.split(option(words, "--execute"))[2:]
        if module == "migrations":
            self.branches[branch] = sorted({*applied, *arguments})
        elif module == "migrations.backfill":
            return "0 users filled\n"
        elif not arguments:
            return "".join(f"{name}\n" for name in applied)
        elif arguments[0] == "add":
            self.branches[branch] = sorted({*applied, *arguments[1:]})
        else:
            self.branches[branch] = [name for name in applied if name not in arguments[1:]]
        return ""

    def deploy_request_list(self, _words: Sequence[str]) -> str:
        return json.dumps([printed(request) for request in self.requests])

    def deploy_request_create(self, words: Sequence[str]) -> str:
        self.requests.append(
            a_request(
                self.states_when_opened,
                number=len(self.requests) + 1,
                branch=words[4],
                into_branch=option(words, "--into"),
                notes=option(words, "--notes"),
            )
        )
        return json.dumps(printed(self.requests[-1]))

    def deploy_request_show(self, words: Sequence[str]) -> str:
        request = self.find_request(words)
        request["states"] = request["states"][1:] or request["states"]
        return json.dumps(printed(request))

    def deploy_request_diff(self, _words: Sequence[str]) -> None:
        pass

    def deploy_request_deploy(self, words: Sequence[str]) -> None:
        self.find_request(words)["states"] = self.states_when_deployed

    def deploy_request_revert(self, words: Sequence[str]) -> None:
        self.find_request(words)["states"] = self.states_when_reverted

    def find_request(self, words: Sequence[str]) -> dict[str, Any]:
        return self.requests[int(words[4]) - 1]


def a_request(states: Sequence[str], **parts: Any) -> dict[str, Any]:
    """A deploy request whose deployment goes through these states, one at each look."""
    url = "https://app.planetscale.com/deploy-requests/1"
    return {"number": 1, "html_url": url, "state": "open", "states": states, **parts}


def printed(request: dict[str, Any]) -> dict[str, Any]:
    state = request["states"][0]
    complaint = {"lint_error": "NO_UNIQUE_KEY", "error_description": "table a has no unique key"}
    lint_errors = [complaint] if state == "error" else None
    return {**request, "deployment": {"state": state, "lint_errors": lint_errors}}


def option(words: Sequence[str], name: str) -> str:
    return words[words.index(name) + 1]


def brief(words: Sequence[str]) -> str:
    """`connect main: migrations.records add …`, or two words of another command."""
    if words[1] != "connect":
        return " ".join(words[1:3])
    executed = shlex.split(option(words, "--execute"))
    return f"connect {words[3]}: {' '.join(executed[2:])}"
