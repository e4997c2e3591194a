"""`make test-clients`: every vendor's own client against the local cloud, a line for each.

The clients are the released ones, unmodified: those for Python as `.venv` has them, those for Node
as the lock files beside this module pin them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE_FOLDERS = ("identity", "stytch", "front_end")
NODE_IS_MISSING = (
    "Node is not installed, so the clients for Node and for browsers cannot be tried. "
    "Install Node 20 or newer (nodejs.org), then run the same again."
)
PASSED = re.compile(r"^# pass (\d+)$|(\d+) passed", re.MULTILINE)  # TAP of node:test; pytest


@dataclass(frozen=True)
class Client:
    """A client, and the command that tries it: status 0 if it works, and how many tests passed."""

    name: str
    version: str
    command: tuple[str, ...]
    folder: Path = ROOT


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
    stytch = "tests/contract/stytch"
    asynchronous = f"{stytch}/test_async_client.py"
    return [
        _python("stytch", "Python", stytch, f"--ignore={asynchronous}"),
        _python("stytch", "Python, async", asynchronous),
        _python("boto3", "Python", "tests/contract/aws/test_invoke_api.py"),
        _python("awslambdaric", "Python", "tests/contract/aws/test_runtime_clients.py"),
    ]


def node_clients() -> list[Client]:
    declarations = "tests/unit/test_declarations.py"
    widget = "tests/e2e/identity_widget/test_widget.py"
    headless = "tests/e2e/identity_widget/test_headless_client.py"
    return [
        _node("stytch", "stytch", "stytch.test.js"),
        _node("gotrue-js", "identity", "gotrue-js.test.js"),
        _node("@netlify/identity", "identity", "netlify-identity.test.js"),
        _in_chromium("@netlify/identity", "identity", headless),
        _in_chromium("netlify-identity-widget", "identity", widget),
        _in_chromium("@stytch/vanilla-js", "stytch", "tests/e2e/stytch_sdk"),
        Client(
            "latchkey.d.ts (Node)",
            _locked("openapi-typescript", "front_end"),
            _pytest(declarations),
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
    return works


def _python(package: str, kind: str, *pytest_words: str) -> Client:
    return Client(f"{package} ({kind})", version(package), _pytest(*pytest_words))


def _node(package: str, folder: str, *files: str) -> Client:
    command = ("node", "--test", "--test-reporter=tap", *files)
    return Client(f"{package} (Node)", _locked(package, folder), command, HERE / folder)


def _in_chromium(package: str, folder: str, *pytest_words: str) -> Client:
    return Client(f"{package} (Chromium)", _locked(package, folder), _pytest(*pytest_words))


def _pytest(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pytest", "-q", *words)


def _locked(package: str, folder: str) -> str:
    lock = json.loads((HERE / folder / "package-lock.json").read_text())
    found: str = lock["packages"][f"node_modules/{package}"]["version"]
    return found


if __name__ == "__main__":
    raise SystemExit(main())
