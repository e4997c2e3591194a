"""Which version of a real part this machine has, as the part itself tells it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib import metadata
from pathlib import Path

from local.database import choose_engine
from local.database.mysql import find_mysql
from tests.netlify import netlify_cli as netlify
from tests.witnesses import gotrue, pscale
from tests.witnesses.planner import vitess_version

ROOT = Path(__file__).parents[2]
SAM_REQUIREMENT = ROOT / "tests/aws/requirements.in"
SAM = ROOT / "build/sam-cli/bin/sam"
BUNDLER = "@netlify/zip-it-and-ship-it"
FUNCTIONS_API = "@netlify/serverless-functions-api"


def mysql() -> str:
    """Of the `mysqld` that the tests found: `9.7.4`."""
    engine = find_mysql(os.environ["PATH"])
    assert engine
    return engine.title.removeprefix("MySQL ")


def vitess_over_mysql() -> str:
    return f"{vitess_version()}, over MySQL {mysql()}"


def gotrue_over_its_database() -> str:
    """Its commit, which its own Makefile builds into it, and where its rows were."""
    program = gotrue.find(os.environ).path
    told = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
    commit = told.stdout.strip()[: len(gotrue.VERSION)] or "a build that does not tell its commit"
    return f"{commit}, over {choose_engine(os.environ, Path(), print).engine}"


def pscale_over_its_database() -> str:
    """Its version, and what its branches were; a build of one's own tells what its builder says."""
    told = subprocess.run(
        [pscale.find(os.environ), "version"], capture_output=True, text=True, check=True
    )
    version = told.stdout.strip().removeprefix("pscale version ")
    return f"{version}, over {choose_engine(os.environ, Path(), print).engine}"


def netlify_cli() -> str:
    """Of the CLI, and of what its bundler puts around a modern function."""
    around = netlify.installed_version(FUNCTIONS_API, used_by=BUNDLER)
    return f"netlify-cli {netlify.installed_version('netlify-cli')}, {FUNCTIONS_API} {around}"


def installed(package: str) -> str:
    """Of a Python package, in `.venv`."""
    return metadata.version(package)


def locked(package: str, folder: str) -> str:
    """Of a client for Node, as the lock file has it from which `npm ci` installs."""
    lock = json.loads((ROOT / "tests/clients" / folder / "package-lock.json").read_text())
    return str(lock["packages"][f"node_modules/{package}"]["version"])


def sam_cli() -> str:
    """Of the SAM CLI, which brings the emulator along; the emulator itself tells none."""
    told = subprocess.run([SAM, "--version"], capture_output=True, text=True, check=True)
    return f"that of aws-sam-cli {_number(told.stdout)}"


def pinned_sam_cli() -> str:
    return f"aws-sam-cli {_number(SAM_REQUIREMENT.read_text())}"


def of_its_day() -> str:
    """A service tells no version."""
    return "–"


def _number(text: str) -> str:
    found = re.search(r"\d+(\.\d+)+", text)
    assert found
    return found[0]
