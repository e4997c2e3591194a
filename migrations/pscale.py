"""Running `pscale`, PlanetScale's CLI: every command is shown before it runs."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from migrations.pscale_commands import Command

ROOT = Path(__file__).parents[1]


class PscaleError(Exception):
    """A command failed; the text says what pscale says."""


class Pscale:
    """Raises PscaleError from each method when the command cannot be run, or fails."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._shown: Command = ()

    def succeeds(self, command: Command) -> bool:
        """Run it and answer whether its status is 0."""
        return subprocess.call(self._resolved(command), cwd=ROOT) == 0  # noqa: S603 - words of ours

    def run(self, command: Command) -> None:
        """Run it; what it says goes where ours goes."""
        if not self.succeeds(command):
            raise PscaleError(f"`{shown(command)}` failed; it says why above.")

    def lines(self, command: Command) -> list[str]:
        """Run it and answer the lines that it prints."""
        done = subprocess.run(  # noqa: S603 - words of ours
            self._resolved(command), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            raise PscaleError(_reason(done.stdout) or f"`{shown(command)}` failed.")
        return done.stdout.splitlines()

    def ask(self, command: Command) -> Any:
        """Run it and answer the JSON that it prints."""
        text = "\n".join(self.lines(command))
        try:
            return json.loads(text)
        except ValueError:
            raise PscaleError(f"`{shown(command)}` did not answer in JSON.") from None

    def _resolved(self, command: Command) -> list[str]:
        """The words with pscale's path; one that is repeated at once is shown once."""
        if command != self._shown:
            self._say(f"$ {shown(command)}")
            self._shown = command
        program = shutil.which(command[0])
        if program is None:
            raise PscaleError(
                "This needs pscale, PlanetScale's CLI (planetscale.com/docs/cli); "
                "on a Mac: brew install planetscale/tap/pscale"
            )
        return [program, *command[1:]]


def shown(command: Command) -> str:
    """The command as one would type it."""
    return shlex.join(command)


def _reason(text: str) -> str:
    """What a command with `--format json` gives as its reason, on standard output."""
    try:
        return str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        return ""
