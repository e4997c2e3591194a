"""`python -m benchmarks.deleting PRINCIPAL`: delete an account's rows, invocation after invocation.

Each has Lambda's 15 seconds. Prints the seconds of each and the issues that it says are left.
"""

from __future__ import annotations

import json
import sys
import time

from shared import stopwatch
from shared.database import accounts

INVOCATION_MS = 15_000
MOST_INVOCATIONS = 100


def main(principal_id: str) -> int:
    for _ in range(MOST_INVOCATIONS):
        begun = time.perf_counter()
        with stopwatch.budget(INVOCATION_MS):
            remaining = accounts.delete_rows(principal_id)
        print(json.dumps([time.perf_counter() - begun, remaining]), flush=True)
        if not remaining:
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
