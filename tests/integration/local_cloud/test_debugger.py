"""`DEBUG=create make dev`: a function of the project under a debugger, and names that are none."""

from __future__ import annotations

import json
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from local.cloud.debugging import DEFAULT_PORT
from local.kit.ports import is_free
from tests.support.debug_client import DebugClient
from tests.support.running_cloud import RunningCloud, Starter
from tests.support.visitor import Visitor

ROOT = Path(__file__).parents[3]
CREATE = ROOT / "functions" / "create.py"


def line_of(statement: str) -> int:
    lines = CREATE.read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if statement in line)


def port_of(cloud: RunningCloud) -> int:
    found = re.search(r"^  Debugger +\w+ waits at 127\.0\.0\.1:(\d+)", cloud.text, re.MULTILINE)
    assert found, cloud.text
    return int(found[1])


def test_request_stops_where_the_editor_has_a_breakpoint(start_cloud: Starter) -> None:
    cloud = start_cloud(DEBUG="create", DEBUG_PORT="0")
    cloud.wait_until_ready()
    visitor = Visitor(cloud.url, "ada@example.com")
    visitor.sign_in("latchkey")

    with ThreadPoolExecutor() as browsers, DebugClient(port_of(cloud)) as debugger:
        debugger.attach(CREATE, line_of("issue = issues.create("))
        answer = browsers.submit(visitor.call, "POST", "/api/issues", json={"title": "Oil it"})
        frame = debugger.wait_until_stopped()
        title = debugger.evaluate("fields['title']", frame)
        debugger.go_on(frame)

        assert (frame["name"], title) == ("create_issue", "'Oil it'")
        assert answer.result(20).status_code == 201


@pytest.mark.parametrize("name", ["create", "get"])
def test_cloud_is_ready_while_a_function_waits(start_cloud: Starter, name: str) -> None:
    cloud = start_cloud(DEBUG=name, DEBUG_PORT="0")
    cloud.wait_until_ready()

    assert "Latchkey is ready" in cloud.text
    assert f"[fn:{name}] WAITING for a debugger at 127.0.0.1:{port_of(cloud)}" in cloud.text
    assert cloud.get("/_dev/health").status_code == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_end_of_the_cloud_is_the_end_of_the_debugger(
    start_cloud: Starter, number: signal.Signals
) -> None:
    cloud = start_cloud(DEBUG="create", DEBUG_PORT="0")
    cloud.wait_until_ready()
    port = port_of(cloud)

    cloud.stop(number)

    assert_soon_free(port)


def assert_soon_free(port: int) -> None:
    deadline = time.monotonic() + 15
    while not is_free(port):
        assert time.monotonic() < deadline, f"somebody listens at {port}"
        time.sleep(0.05)


def test_name_that_is_no_function_is_refused_with_the_list(start_cloud: Starter) -> None:
    refused = start_cloud(DEBUG="crate")

    functions = sorted(path.stem for path in (ROOT / "functions").glob("[a-z]*.py"))
    assert refused.process.wait(30) == 1
    assert refused.text == (
        "The local cloud cannot run: DEBUG='crate' is no function. "
        f"Write one of: {', '.join(functions)}.\n"
    )


def test_debug_port_that_is_none_is_named(start_cloud: Starter) -> None:
    refused = start_cloud(DEBUG="create", DEBUG_PORT="five")

    assert refused.process.wait(30) == 1
    assert "DEBUG_PORT is not a port number: 'five'" in refused.text


def test_editors_attach_where_it_waits() -> None:
    launch = json.loads((ROOT / ".vscode" / "launch.json").read_text())
    [attach] = [one for one in launch["configurations"] if one["request"] == "attach"]

    assert attach["name"] == "Attach to a function"
    assert attach["connect"] == {"host": "127.0.0.1", "port": DEFAULT_PORT[1]}


def test_debugger_is_no_part_of_the_package() -> None:
    assert "debugpy" not in (ROOT / "requirements.txt").read_text()
    assert "\ndebugpy==" in (ROOT / "requirements-dev.txt").read_text()
