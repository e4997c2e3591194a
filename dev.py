#!/usr/bin/env python3
"""Everything that a developer types: `python3 dev.py <target>`; `make <target>` does the same.

The first run makes `.venv`, which needs the network; every later one starts its target within a
few hundredths of a second.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from local.bootstrap import BootstrapError, Environment

ROOT = Path(__file__).resolve().parent
UV_COMPILE = (
    "uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet "
    "--no-emit-index-url --no-emit-find-links --custom-compile-command make\\ lock"
)
WRITE_TYPES = "python -m tests.clients.front_end.declarations"

# A file's tests stay together, with what they start; tests/conftest.py says in how many processes.
ALL_PROCESSORS = "-n auto --dist loadfile --no-loadscope-reorder"

# Target: what it does, and its commands. Words after the target go to the last command.
TARGETS = {
    "dev": (
        "run the local cloud (NAME=second: one more; DEBUG=create: debug it)",
        ["python -m local dev"],
    ),
    "test": ("run all tests but those in a browser", [f"python -m pytest {ALL_PROCESSORS}"]),
    "test-unit": (
        "run the tests that need no server (30 s)",
        [f"python -m pytest {ALL_PROCESSORS} tests/unit"],
    ),
    "test-security": (
        "try every route with every credential and every fault (10 min)",
        ["python -m tests.security"],
    ),
    "test-extending": (
        "type all of docs/extending.md into a copy of the project",
        ["python -m pytest -n0 tests/extending"],
    ),
    "test-clients": (
        "run the vendors' own clients against the local cloud",
        ["python -m tests.clients.run"],
    ),
    "test-aws": ("check and build with the SAM CLI", ["bash tests/aws/run"]),
    "test-netlify": ("run the site under the Netlify CLI", ["bash tests/netlify/run"]),
    "test-mysql": (
        "run the suites of the database on MySQL itself",
        ["bash tests/witnesses/mysql/run"],
    ),
    "test-witnesses": (
        "hold the statements against Vitess, and Identity against GoTrue",
        ["bash tests/witnesses/run"],
    ),
    "test-vitess": (
        "run the suites of the database through Vitess, over MySQL",
        ["bash tests/vitess/run"],
    ),
    "test-live": ("run the suites against accounts of yours", ["python -m tests.live"]),
    "e2e": ("drive the web app in a browser", ["python -m pytest tests/e2e"]),
    "bench": ("measure what the documentation claims", ["python -m benchmarks"]),
    "build": ("build the deployable package", ["python -m local build"]),
    "audit": ("ask for known vulnerabilities of what is pinned", ["python -m local audit"]),
    "doctor": ("check this machine and the settings", ["python -m local doctor"]),
    "stacks": ('list the stacks that run (ARGS="stop second")', ["python -m local stacks"]),
    "seed": ("fill the database (N=100000 rows)", ["python -m local seed"]),
    "reset": ("delete the local cloud's state", ["python -m local reset"]),
    "migrate": ("bring the schema up to date", ["python -m local migrate"]),
    "sync-users": ("make the users table what the providers say", ["python -m local sync-users"]),
    "invoke": ("call a function (FN=name EVENT=file)", ["python -m local invoke"]),
    "new": ('add a route (FN=export ROUTE="GET /exports" WHO=member)', ["python -m scaffold new"]),
    "drop": ('take a route out (ROUTE="GET /exports")', ["python -m scaffold drop"]),
    "routes": ("write the lists that follow from the functions", ["python -m scaffold routes"]),
    "plans": ("write down how Vitess runs each statement", ["python -m tests.witnesses.plans"]),
    "fidelity": (
        "bring what runs with real parts have found into docs/fidelity.md",
        ["python -m tests.fidelity"],
    ),
    "deploy-aws": (
        "deploy the functions to AWS",
        ["sam build", "python -m local guard-runtime", "sam deploy"],
    ),
    "deploy-db": ("send the migrations to PlanetScale", ["python -m migrations.deploy"]),
    "lint": (
        "check style and types",
        [
            "python -m ruff check",
            "python -m ruff format --check",
            "python -m tests.clients.front_end.typecheck",
            "python -m mypy",
        ],
    ),
    "lock": (
        "pin the dependencies anew",
        [
            f"{UV_COMPILE} -o requirements.txt",
            f"{UV_COMPILE} --group dev -c requirements.txt -o requirements-dev.txt",
            WRITE_TYPES,
        ],
    ),
    "types": ("write the types of the routes for front ends", [WRITE_TYPES]),
}


def main(arguments: list[str]) -> str | int:
    """Install what is missing, then become the target's last command; else say what is wrong."""
    target, words = (arguments[0], arguments[1:]) if arguments else ("dev", [])
    if target in ("help", "-h", "--help"):
        print("\n".join(f"  {name:<15} {purpose}" for name, (purpose, _) in TARGETS.items()))
        return 0
    if target not in TARGETS:
        return f"There is no target {target!r}; `make help` lists them."
    os.chdir(ROOT)
    environment = Environment(ROOT)
    try:
        environment.ensure()
        return perform(TARGETS[target][1], words, programs_of(environment))
    except (BootstrapError, ProgramMissing) as error:
        return str(error)


def perform(commands: list[str], words: list[str], environ: dict[str, str]) -> int:
    """Run the commands, becoming the last; answers the status of one that failed before it."""
    first, last = commands[:-1], commands[-1]
    for command in first:
        status = subprocess.call(resolve(command, environ), env=environ)
        if status:
            return status
    argv = [*resolve(last, environ), *words]
    sys.stdout.flush()
    return os.execve(argv[0], argv, environ)  # noqa: S606 - signals and status are its own


def resolve(command: str, environ: dict[str, str]) -> list[str]:
    """The command's words, its program as a path; raises ProgramMissing."""
    name, *words = shlex.split(command)
    program = shutil.which(name, path=environ["PATH"])
    if program is None:
        raise ProgramMissing(f"This needs {name}, which is not installed.")
    return [program, *words]


def programs_of(environment: Environment) -> dict[str, str]:
    """The caller's environment with `.venv` first, also for those who ask PYTHON; no telemetry."""
    path = os.pathsep.join([str(environment.bin), os.environ.get("PATH", os.defpath)])
    quiet = {"DO_NOT_TRACK": "1", "SAM_CLI_TELEMETRY": "0", "TELEMETRY_ENABLED": "false"}
    return dict(os.environ, PATH=path, PYTHON=str(environment.bin / "python"), **quiet)


class ProgramMissing(Exception):
    """A target needs a program that this machine does not have."""


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
