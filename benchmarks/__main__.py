"""`python -m benchmarks [NAME …]`: measure, print tables, hold the limits; all without a name."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import cold, confirmation, deletion, growth, limits, size, warm
from benchmarks.contenders import Workshop, prepare
from benchmarks.limits import Limit
from benchmarks.server import Server, serving

ROOT = Path(__file__).resolve().parents[1]
ISSUES = 10_000
BENCHMARKS: dict[str, Callable[[Workshop, Server], list[Limit]]] = {
    "cold": cold.run,
    "warm": warm.run,
    "confirmation": confirmation.run,
    "growth": growth.run,
    "deletion": deletion.run,
    "size": size.run,
}


def main(arguments: Sequence[str]) -> int:
    """Answers 0 when every limit holds, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=" or ".join(BENCHMARKS))
    names = parser.parse_args(arguments).names or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    workshop = prepare(ROOT, ROOT / "build" / "benchmarks")
    print(f"Python {workshop.version} on {platform.machine()}", flush=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(Path(scratch), ISSUES) as server,
    ):
        found = [limit for name in names for limit in BENCHMARKS[name](workshop, server)]
    return 0 if limits.report(found) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
