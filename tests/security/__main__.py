"""`make test-security`: every cell of the matrices, thousands of requests and events, and a kill.

It prints a table for each part, and ends with the totals; its status is 1 where a cell is wrong.
`--seed` repeats the requests and events of an earlier run; words choose parts.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.security import parts
from tests.security.report import table, wrong
from tests.support.clouds import launched
from tests.support.running_cloud import RunningCloud

PARTS: dict[str, Callable[[RunningCloud, int], parts.Report]] = {
    "credentials": parts.credentials,
    "faults": parts.faults,
    "slow": parts.slow,
    "requests": parts.requests,
    "events": parts.events,
    "kill": parts.kill,
}


def main() -> int:
    """Run the parts, each with a cloud of its own."""
    arguments = _arguments()
    print(f"seed {arguments.seed}", flush=True)
    reports = []
    for name in arguments.parts or PARTS:
        begun = time.monotonic()
        with _cloud() as cloud:
            report = PARTS[name](cloud, arguments.seed)
        reports.append(report)
        print(f"\n## {report.title}, {time.monotonic() - begun:.0f} s\n\n{report.table}")
        print(wrong(report.wrong), flush=True)
    print("## Totals\n")
    print(table(["what", "figure"], [row for report in reports for row in report.totals]))
    return int(any(report.wrong for report in reports))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make test-security")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    return parser.parse_args()


@contextmanager
def _cloud() -> Iterator[RunningCloud]:
    """A cloud of its own, which ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = launched(Path(folder), Path(folder) / "state")
        try:
            running.wait_until_ready()
            yield running
        finally:
            running.stop()


if __name__ == "__main__":
    sys.exit(main())
