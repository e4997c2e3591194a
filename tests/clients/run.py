"""`make test-clients`: every vendor's own client against the local cloud, a line for each.

The clients are the released ones, unmodified: those for Python as `.venv` has them, those for Node
as the lock files beside this module pin them. Each leaves its record for docs/fidelity.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.fidelity import records, versions
from tests.fidelity.records import Record

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE_FOLDERS = ("identity", "stytch", "front_end")
NODE_IS_MISSING = (
    "Node is not installed, so the clients for Node and for browsers cannot be tried. "
    "Install Node 20 or newer (nodejs.org), then run the same again."
)
PASSED = re.compile(r"^# pass (\d+)$|(\d+) passed", re.MULTILINE)  # TAP of node:test; pytest
SKIPPED = re.compile(r"^ok .*# SKIP ?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Client:
    """A client, and the command that tries it: status 0 if it works, and how many tests passed.

    `leaves` is the real part whose record is written here; for others, pytest's plugin does it.
    """

    name: str
    version: str
    command: tuple[str, ...]
    folder: Path = ROOT
    leaves: str = ""


def main() -> int:
    """Try all clients; answers 1 when one does not work or cannot be tried."""
    works = report(python_clients())
    if shutil.which("node") is None or shutil.which("npm") is None:
        say(NODE_IS_MISSING)
        return 1
    for folder in NODE_FOLDERS:
        subprocess.run(["npm", "ci", "--silent", "--no-audit"], cwd=HERE / folder, check=True)
    return 0 if report(node_clients()) and works else 1


def python_clients() -> list[Client]:
    aws = "tests/contract/aws"
    return [
        _python("stytch", "stytch-python", "tests/contract/stytch"),
        _python("boto3", "boto3", f"{aws}/test_invoke_api.py"),
        _python("awslambdaric", "awslambdaric", f"{aws}/test_runtime_clients.py"),
    ]


def node_clients() -> list[Client]:
    pages = "tests/e2e/identity_widget"
    return [
        _node("stytch", "stytch", "stytch-node", "stytch.test.js"),
        _node("gotrue-js", "identity", "gotrue-js", "gotrue-js.test.js"),
        _node("@netlify/identity", "identity", "identity-node", "netlify-identity.test.js"),
        _in_chromium(
            "@netlify/identity", "identity", "identity-page", f"{pages}/test_headless_client.py"
        ),
        _in_chromium(
            "netlify-identity-widget", "identity", "identity-widget", f"{pages}/test_widget.py"
        ),
        _in_chromium(
            "@stytch/vanilla-js", "stytch", "stytch-front-end-sdk", "tests/e2e/stytch_sdk"
        ),
        Client(
            "latchkey.d.ts (Node)",
            versions.locked("openapi-typescript", "front_end"),
            _pytest("tests/unit/test_declarations.py"),
        ),
    ]


def report(clients: Iterable[Client]) -> bool:
    """Try each client and say how it went, with all of its output where it failed."""
    results = [_works(client) for client in clients]
    return all(results)


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the table is what this module is for


def _works(client: Client) -> bool:
    done = subprocess.run(
        client.command,
        cwd=client.folder,
        env=os.environ | {"REQUIRE_E2E": "1", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    found = PASSED.search(done.stdout)
    passed = int(found[1] or found[2]) if found else 0
    works = done.returncode == 0 and passed > 0
    say(f"{client.name:<34} {client.version:<10} {'ok' if works else 'FAILED':<7} ({passed} tests)")
    if not works:
        say(done.stdout)
    elif client.leaves:
        skipped = Counter(SKIPPED.findall(done.stdout))
        record = Record(client.version, records.now(), {"tests": passed}, skipped, [])
        records.write(records.MADE, client.leaves, record)
    return works


def _python(package: str, part: str, suite: str) -> Client:
    return Client(f"{package} (Python)", versions.installed(package), _recorded(part, suite))


def _node(package: str, folder: str, part: str, file: str) -> Client:
    command = ("node", "--test", "--test-reporter=tap", file)
    version = versions.locked(package, folder)
    return Client(f"{package} (Node)", version, command, HERE / folder, leaves=part)


def _in_chromium(package: str, folder: str, part: str, suite: str) -> Client:
    version = versions.locked(package, folder)
    return Client(f"{package} (Chromium)", version, _recorded(part, suite))


def _recorded(part: str, suite: str) -> tuple[str, ...]:
    return _pytest("-p", "tests.fidelity.plugin", "--real-part", part, suite)


def _pytest(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pytest", "-q", *words)


if __name__ == "__main__":
    raise SystemExit(main())
