"""`python -m benchmarks [cold_start | warm]`: measure, and print a table; both without a word."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import cold_start, warm
from benchmarks.contenders import prepare

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = {"cold_start": cold_start.run, "warm": warm.run}


def main(arguments: Sequence[str]) -> int:
    """Answers 0 when every limit holds, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=" or ".join(BENCHMARKS))
    names = parser.parse_args(arguments).names or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    contenders = prepare(ROOT, ROOT / "build" / "benchmarks")
    print(f"Python {platform.python_version()} on {platform.machine()}", flush=True)
    kept = [BENCHMARKS[name](contenders) for name in names]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
