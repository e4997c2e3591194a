"""What a process has imported that was started for this alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.configuration import VALUES

ROOT = Path(__file__).parents[2]


def modules_after(*modules: str, **settings: str) -> list[str]:
    """All modules in a fresh process that has imported these and no more."""
    program = f"import sys, json, {', '.join(modules)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=settings | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded: list[str] = json.loads(done.stdout)
    return loaded


def loaded_by(*modules: str) -> list[str]:
    """The top-level packages in a fresh process of a site with both providers."""
    return sorted({name.partition(".")[0] for name in modules_after(*modules, **VALUES)})
