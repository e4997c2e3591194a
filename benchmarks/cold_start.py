"""What a new process costs until its handler is imported, medians over fresh processes.

Processor time, not wall time: an import waits for nothing else, and other programs on the machine
would be measured along.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import Contenders
from benchmarks.environment import environment
from benchmarks.table import table

ROUNDS = 15
SLOWEST_AGAINST_MINIMAL = 1.5
FASTEST_OF_COMMON = 8.0
OURS = ("get", "create", "update", "delete")
PROGRAM = """\
import time
begun = time.process_time()
import {module}
ready = time.process_time()
print([begun, ready])"""


@dataclass(frozen=True)
class Start:
    """Milliseconds of the import alone, and since the process was born."""

    imported: float
    started: float


def run(contenders: Contenders) -> bool:
    """Print the table; whether our functions stay within the limits."""
    folders = {f"functions.{name}": contenders.ours for name in OURS} | {
        "minimal": contenders.peers,
        "common": contenders.peers_without_bytecode,
    }
    starts: dict[str, list[Start]] = {module: [] for module in folders}
    for _ in range(ROUNDS):  # in turns, so that a noisy moment meets everybody
        for module, folder in folders.items():
            starts[module].append(_start(contenders.python, folder, module))
    medians = {module: _median(measured) for module, measured in starts.items()}
    print(f"\nCold start, milliseconds of processor time, medians of {ROUNDS} processes")
    print(table(["", "import", "of minimal", "start", "common / it"], _rows(medians)))
    return _kept(medians)


def _start(python: Path, folder: Path, module: str) -> Start:
    done = subprocess.run(
        [python, "-c", PROGRAM.format(module=module)],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    begun, ready = json.loads(done.stdout)
    return Start(imported=(ready - begun) * 1000, started=ready * 1000)


def _median(starts: Sequence[Start]) -> Start:
    return Start(
        imported=statistics.median(start.imported for start in starts),
        started=statistics.median(start.started for start in starts),
    )


def _rows(medians: dict[str, Start]) -> list[list[str]]:
    minimal, common = medians["minimal"], medians["common"]
    return [
        [
            module,
            f"{start.imported:.0f}",
            f"{start.imported / minimal.imported:.2f}",
            f"{start.started:.0f}",
            f"{common.started / start.started:.1f}",
        ]
        for module, start in medians.items()
    ]


def _kept(medians: dict[str, Start]) -> bool:
    ours = [start for module, start in medians.items() if module.startswith("functions.")]
    import_ratio = max(start.imported for start in ours) / medians["minimal"].imported
    start_ratio = medians["common"].started / max(start.started for start in ours)
    print(f"import, at most {SLOWEST_AGAINST_MINIMAL} times minimal: {import_ratio:.2f}")
    print(f"start, at least {FASTEST_OF_COMMON:.0f} times faster than common: {start_ratio:.1f}")
    return import_ratio <= SLOWEST_AGAINST_MINIMAL and start_ratio >= FASTEST_OF_COMMON
