"""Check the types of the web app, of `public/latchkey.js` and of the local cloud's pages, by tsc.

`usage.ts`, beside this module, is what a project in TypeScript would write.

`make lint` runs it where the packages are installed, and `make test-clients` everywhere.
"""

from __future__ import annotations

import subprocess
import sys

from tests.clients.front_end import node

NOT_INSTALLED = "tsc was not run: it is not installed (`make types` installs it, with Node)."


def main() -> int:
    """Answer 0 when the types fit, or could not be checked."""
    if not node.is_installed():
        print(NOT_INSTALLED)
        return 0
    done = check()
    print(done.stdout, end="")
    return done.returncode


def check() -> subprocess.CompletedProcess[str]:
    """What tsc says; the packages must be installed."""
    return node.run("tsc/bin/tsc", "--project", node.FOLDER)


if __name__ == "__main__":
    sys.exit(main())
