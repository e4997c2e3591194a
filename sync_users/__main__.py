"""`python -m sync_users`."""

from __future__ import annotations

import sys

from sync_users.command import main

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nInterrupted. What was done stays done; run it again to go on.", file=sys.stderr)
        sys.exit(130)
