"""How the local cloud begins and ends, and what it says when it cannot begin."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
from pathlib import Path

import pytest
import requests

from tests.support.running_cloud import RunningCloud, Starter
from tests.support.visitor import Visitor

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_everything_with_status_zero(
    start_cloud: Starter, number: signal.Signals
) -> None:
    cloud = start_cloud()
    cloud.wait_until_ready()
    children = cloud.descendants()

    status = cloud.stop(number)

    assert status == 0, cloud.text
    assert children
    assert_all_end(children)
    assert "Traceback" not in cloud.text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_while_the_database_starts_ends_the_start(
    start_cloud: Starter, number: signal.Signals
) -> None:
    cloud = start_cloud()
    cloud.wait_for("[db] starting")
    children = cloud.descendants()

    status = cloud.stop(number)

    assert status == 0, cloud.text
    assert_all_end(children)
    assert "[start]" not in cloud.text
    assert "Traceback" not in cloud.text


def test_signal_while_the_functions_start_stops_everything_too(start_cloud: Starter) -> None:
    cloud = start_cloud()
    cloud.wait_for("[db] bringing the schema up to date")
    children = cloud.descendants()

    status = cloud.stop()

    assert status == 0, cloud.text
    assert children
    assert_all_end(children)
    assert "Traceback" not in cloud.text


def test_start_tells_of_each_part_when_it_is_up(start_cloud: Starter) -> None:
    cloud = start_cloud()
    cloud.wait_for("(9 of 9)")

    lines = cloud.text.splitlines()
    started = [line for line in lines if line.startswith(("[db]", "[start]"))]
    assert re.fullmatch(r"\[db\] starting .+", started[0])
    assert re.fullmatch(r"\[db\] .+ answers, after \d+\.\d s", started[1])
    parts = ["Stytch", "Netlify Identity", "Site, as on Netlify", "AWS HTTP API", "Lambda API"]
    assert [line.removeprefix("[start] ").partition(": ")[0] for line in started[2:7]] == parts
    assert sum("is warm" in line for line in started) == 9
    assert "[start] waiting until every part answers" in started


def test_terminal_has_lines_for_a_person_and_the_file_has_them_all(cloud: RunningCloud) -> None:
    request_id = cloud.get("/api/me").headers["x-request-id"]
    cloud.wait_for("no_credentials")

    line = r"^\[web\] \d\d:\d\d:\d\d GET    /api/me +401 .*no_credentials"
    assert re.search(line, cloud.text, re.MULTILINE)
    assert request_id not in cloud.text
    assert f'"request_id": "{request_id}"' in cloud.log


def test_call_of_the_lambda_api_is_shown_as_what_the_function_saw(cloud: RunningCloud) -> None:
    event = (ROOT / "events" / "get-netlify.json").read_bytes()
    address = f"{cloud.address('Lambda API')}/2015-03-31/functions/get/invocations"

    requests.post(address, json.dumps(json.loads(event)["event"]).encode(), timeout=15)

    cloud.wait_for("INVOKE get GET /")


def test_raw_terminal_has_what_the_file_has(start_cloud: Starter) -> None:
    cloud = start_cloud(options=["--raw"])
    cloud.wait_until_ready()

    request_id = cloud.get("/api/me").headers["x-request-id"]
    cloud.wait_for("[web] GET /api/me 401 ")

    assert f'"request_id": "{request_id}"' in cloud.text
    assert "[fn:get] END RequestId" in cloud.text


def test_killed_parent_leaves_no_process(start_cloud: Starter) -> None:
    cloud = start_cloud()
    cloud.wait_until_ready()
    children = cloud.descendants()

    cloud.stop(signal.SIGKILL)

    assert children
    assert_all_end(children)


def test_state_survives_a_killed_parent(start_cloud: Starter) -> None:
    first = start_cloud()
    first.wait_until_ready()
    first.post("/.netlify/identity/signup", json={"email": "kept@example.com", "password": "kept"})
    first.stop(signal.SIGKILL)

    second = start_cloud(first.state)
    second.wait_until_ready()

    assert second.get("/_dev/outbox.json").json()[0]["to"] == "kept@example.com"


def test_a_database_that_was_killed_is_started_again_with_its_data(start_cloud: Starter) -> None:
    cloud = start_cloud()
    cloud.wait_until_ready()
    visitor = Visitor(cloud.url, "ada@example.com")
    visitor.sign_in("latchkey")
    visitor.call("POST", "/api/issues", json={"title": "kept"})

    cloud.kill_database()
    cloud.wait_for("answers again")

    titles = [issue["title"] for issue in visitor.call("GET", "/api/issues").json()]
    assert titles == ["kept"]
    assert "has ended; starting it again" in cloud.text


def test_second_start_says_where_the_first_one_runs(
    start_cloud: Starter, cloud: RunningCloud
) -> None:
    second = start_cloud(cloud.state)

    assert second.process.wait(30) == 1
    assert f"already running at {cloud.url} (process {cloud.pid})" in second.text
    assert "Traceback" not in second.text


def test_state_of_another_version_is_explained(start_cloud: Starter, cloud: RunningCloud) -> None:
    other = cloud.state.parent / "older"
    other.mkdir()
    (other / "version").write_text("0")

    refused = start_cloud(other)

    assert refused.process.wait(30) == 1
    assert "make reset" in refused.text


def test_setting_that_is_no_port_is_named(start_cloud: Starter) -> None:
    refused = start_cloud(AWS_PORT="http")

    assert refused.process.wait(30) == 1
    assert "AWS_PORT is not a port number: 'http'" in refused.text


def test_taken_port_moves_and_the_banner_says_so(start_cloud: Starter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        cloud = start_cloud(PORT=str(port))
        cloud.wait_until_ready()

    assert cloud.url != f"http://localhost:{port}"
    assert f"port {port} is in use by another program" in cloud.text
    assert cloud.get("/_dev/health").status_code == 200


def test_real_stytch_credentials_leave_the_emulator_out(start_cloud: Starter) -> None:
    cloud = start_cloud(STYTCH_PROJECT_ID="project-test-1", STYTCH_SECRET="secret-test-1")
    cloud.wait_until_ready()

    assert re.search(r"^  Stytch +the real one", cloud.text, re.MULTILINE)
    assert "stytch" not in cloud.get("/_dev/health").json()["parts"]


def assert_all_end(pids: set[int]) -> None:
    """Within seconds none of them is left."""
    deadline = time.monotonic() + 15
    while alive := {pid for pid in pids if is_alive(pid)}:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
