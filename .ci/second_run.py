"""`second_run.py REPORT STEP COMMAND...`: run a suite, and what failed a second time.

The suites use real processes and real clocks, and other programs may keep the machine busy. A test
that passes in the second run is added, with the name of the STEP, to the file REPORT, which is
shown at the end of everything. More than MOST such tests are no accident any more: then the suite
fails, without a second run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

MOST = 2
LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")


def main(report: Path, step: str, command: list[str]) -> int:
    """Answer 0 if every test passed, in the second run at the latest."""
    status, is_complete = run(command, "--cache-clear")
    if status == 0 or not is_complete:
        return status
    failed = list(json.loads(LAST_FAILED.read_text()))
    earlier = report.read_text().splitlines() if report.exists() else []
    if len(earlier) + len(failed) > MOST:
        print(f"=== no second run: {len(failed)} failed here, and {len(earlier)} before at first")
        return status
    print("=== a second run of", *failed, flush=True)
    status, _ = run(command, "--last-failed")
    if status == 0:
        with report.open("a") as file:
            file.writelines(f"{test} ({step})\n" for test in failed)
    return status


def run(command: list[str], option: str) -> tuple[int, bool]:
    """The status of make, and whether that of pytest was 1: every test ran, and some failed."""
    done = subprocess.run(
        with_option(command, option), env={**os.environ, "LC_ALL": "C"}, stderr=subprocess.PIPE
    )
    sys.stderr.buffer.write(done.stderr)
    sys.stderr.flush()
    return done.returncode, re.search(rb"Error 1\s*$", done.stderr) is not None


def with_option(command: list[str], option: str) -> list[str]:
    """The command with one more word for pytest, after the folders in its own `ARGS=…`."""
    given = [word for word in command if word.startswith("ARGS=")] or ["ARGS="]
    others = [word for word in command if not word.startswith("ARGS=")]
    return [*others, " ".join([*given, option]).replace("= ", "=")]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
