"""What a warm request costs: instructions in user space where there is valgrind, else CPU time.

The counts repeat to a part in a thousand, however busy the machine is; times do not.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

CALLER = Path(__file__).with_name("counted_calls.py")
STARTER = Path(__file__).with_name("counted_start.py")
MARK = "getpriority"


@dataclass(frozen=True)
class Cost:
    """What one call cost, in thousands of instructions or in microseconds, and its last answer."""

    amount: float
    answer: dict[str, Any]


class Calls(NamedTuple):
    """What one process is to call: each scenario (`name`, `module`, `event`) so often, in order."""

    scenarios: Sequence[Mapping[str, Any]]
    environment: Mapping[str, str]
    times: int
    warm_up: int

    def write(self, scratch: Path) -> Path:
        """The file for the program that makes the calls."""
        task = scratch / "task.json"
        content = {
            "scenarios": list(self.scenarios),
            "calls": self.times,
            "warm_up": self.warm_up,
        }
        task.write_text(json.dumps(content))
        return task


def unit() -> str:
    """What the amounts are."""
    return "thousands of instructions" if has_valgrind() else "microseconds of processor time"


def has_valgrind() -> bool:
    return shutil.which("valgrind") is not None


def count(python: Path, calls: Calls, scratch: Path) -> list[Cost]:
    """The cost of each scenario."""
    command: list[str | Path] = [python, "-P", CALLER]
    if not has_valgrind():
        return time(command, calls, scratch)
    task = calls.write(scratch)
    dumps = _run_counted([*command, task], task, calls.environment)
    return [
        Cost(_instructions(dumps, 2 * position + 2) / calls.times / 1000, one["answer"])
        for position, one in enumerate(_measured(task))
    ]


def time(caller: Sequence[str | Path], calls: Calls, scratch: Path) -> list[Cost]:
    """The same in microseconds of processor time, by a program that calls the handlers."""
    task = calls.write(scratch)
    _run([*caller, task], calls.environment)
    return [Cost(one["milliseconds"] * 1000, one["answer"]) for one in _measured(task)]


def count_start(
    python: Path,
    module: str,
    event: Mapping[str, Any],
    environment: Mapping[str, str],
    scratch: Path,
) -> tuple[float, float]:
    """Millions of instructions of a new process: of its init phase, and of its first request."""
    task = scratch / "task.json"
    task.write_text(json.dumps({"module": module, "event": event}))
    dumps = _run_counted([python, "-P", STARTER, task], task, environment)
    return _instructions(dumps, 1) / 1e6, _instructions(dumps, 2) / 1e6


def _measured(task: Path) -> list[dict[str, Any]]:
    scenarios: list[dict[str, Any]] = json.loads(task.read_text())["scenarios"]
    return scenarios


def _run_counted(command: Sequence[str | Path], task: Path, environment: Mapping[str, str]) -> Path:
    """Run a program under Callgrind; what the names of its counts begin with."""
    dumps = task.with_name("counts")
    tool = ["--tool=callgrind", f"--callgrind-out-file={dumps}", f"--dump-before={MARK}"]
    _run(["valgrind", "--quiet", *tool, *command], environment)
    return dumps


def _run(command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"the process that was measured ended badly:\n{done.stderr}")


def _instructions(dumps: Path, number: int) -> int:
    """What was counted up to a dump, since the one before."""
    text = dumps.with_name(f"{dumps.name}.{number}").read_text()
    found = re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)
    if found is None:
        raise RuntimeError("Callgrind wrote no counts")
    return int(found[1])
