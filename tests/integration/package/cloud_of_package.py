"""`python -m tests.integration.package.cloud_of_package ROOT PYTHON [ARGUMENT ...]`

The local cloud, but its functions come from the package in ROOT and are run by PYTHON.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

from local import stack
from local.aws import runtime
from local.commands import dev

if __name__ == "__main__":
    root, python, *arguments = sys.argv[1:]
    stack.ROOT = Path(root)
    runtime.sys = SimpleNamespace(executable=python)
    sys.exit(dev.main(arguments))
