"""MySQL itself, where this machine has it.

`python -m tests.witnesses.mysql.program` prints which, or what is not run without it.
"""

from __future__ import annotations

import os
import sys

from local.database.mysql import find_mysql

NOT_RUN = (
    "Not run, since there is no MySQL here (docs/local-cloud.md says how to have it): "
    "the suites that differ from engine to engine."
)


def main() -> int:
    """Print which it is; the status is 1 where there is none."""
    found = find_mysql(os.environ.get("PATH", ""))
    print(found.title if found else NOT_RUN)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
