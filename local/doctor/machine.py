"""Checks this machine: its Python, its ports, the state folder, and optional programs."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator

from local.doctor.finding import Finding
from local.kit.ports import is_free
from local.settings import Settings
from local.state_dir import StateDirError, check_version, running_cloud

OLDEST_PYTHON = (3, 11)
PROGRAM_SECONDS = 20
# Program, its version switch, and what it is for.
OPTIONAL_PROGRAMS = (
    ("node", "the Node clients' tests and the Netlify gateway"),
    ("netlify", "running and deploying the site with Netlify's own tool"),
    ("sam", "deploying to AWS"),
    ("pscale", "deploying migrations to PlanetScale"),
)


def check_python(_settings: Settings) -> Iterator[Finding]:
    version = platform.python_version()
    if sys.version_info >= OLDEST_PYTHON:
        yield Finding("ok", f"{version} on {platform.system()} {platform.machine()}")
    else:
        yield Finding("problem", f"{version} is too old.", "Install Python 3.11 or newer.")


def check_ports(settings: Settings) -> Iterator[Finding]:
    """Report ports in use as notes: the local cloud moves to the next one."""
    running = running_cloud(settings.state_dir)
    if running is not None:
        yield Finding("ok", f"the local cloud runs at {running.url or '…'} ({running.pid})")
        return
    for part, port in settings.used_ports.items():
        if is_free(port):
            yield Finding("ok", f"{port} is free ({part})")
        else:
            yield Finding(
                "note",
                f"{port} is in use by another program ({part}).",
                f"The local cloud will take the next free port; {part.upper()}_PORT (PORT for web) "
                "chooses another.",
            )


def check_state(settings: Settings) -> Iterator[Finding]:
    folder = settings.state_dir
    try:
        check_version(folder)
    except StateDirError as error:
        yield Finding("problem", str(error))
    else:
        yield Finding("ok", f"{folder}" if folder.exists() else f"{folder}, which `make dev` makes")


def check_programs(_settings: Settings) -> Iterator[Finding]:
    for name, purpose in OPTIONAL_PROGRAMS:
        path = shutil.which(name)
        if path is None:
            yield Finding("note", f"{name} is not installed; it serves {purpose}.")
        else:
            yield Finding("ok", f"{name} {_version(path)}")


def _version(program: str) -> str:
    command = [program, "version"] if program.endswith("pscale") else [program, "--version"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PROGRAM_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return "does not answer"
    return (answer.stdout.strip().splitlines() or ["has no version"])[0]
