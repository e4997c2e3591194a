"""Two stacks beside each other, and the commands that list, reach and stop them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from local.state_dir import StateDir, running_cloud
from tests.support.clouds import clouds
from tests.support.running_cloud import RunningCloud, Starter
from tests.support.visitor import Visitor

ROOT = Path(__file__).parents[3]
Command = Callable[..., "subprocess.CompletedProcess[str]"]


class Stacks(NamedTuple):
    """The folder of all state, and two stacks that run in it."""

    home: Path
    main: RunningCloud
    second: RunningCloud


def run(home: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command of `python -m local` for the stacks in this folder."""
    return subprocess.run(
        [sys.executable, "-m", "local", *words, "--state", str(home)],
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stacks]:
    home = tmp_path_factory.mktemp("home")
    with clouds(tmp_path_factory) as start:
        both = Stacks(home, start(home), start(home, NAME="second"))
        both.main.wait_until_ready()
        both.second.wait_until_ready()
        yield both


@pytest.fixture
def in_second(stacks: Stacks) -> Command:
    """Runs a command with the second stack's name."""
    return lambda *words, **environ: run(stacks.home, *words, NAME="second", **environ)


def signed_in(cloud: RunningCloud) -> Visitor:
    visitor = Visitor(cloud.url, "ada@example.com")
    visitor.sign_in("latchkey")
    return visitor


def sign_in_with_link(visitor: Visitor) -> None:
    visitor.ask_for_link()
    visitor.follow_link()


def titles(cloud: RunningCloud) -> list[str]:
    return [issue["title"] for issue in signed_in(cloud).call("GET", "/api/issues").json()]


def test_both_stacks_are_up_at_addresses_of_their_own(stacks: Stacks) -> None:
    labels = ["Web app", "AWS HTTP API", "Lambda API", "Stytch"]
    addresses = {cloud.address(label) for cloud in stacks[1:] for label in labels}

    assert len(addresses) == 2 * len(labels)
    assert [cloud.get("/_dev/health").status_code for cloud in stacks[1:]] == [200, 200]


def test_each_stack_has_rows_of_its_own(stacks: Stacks) -> None:
    signed_in(stacks.second).call("POST", "/api/issues", json={"title": "of the second"})

    assert "of the second" in titles(stacks.second)
    assert "of the second" not in titles(stacks.main)


def test_banner_says_which_stack_it_is(stacks: Stacks) -> None:
    assert "Latchkey (stack second) is ready" in stacks.second.text
    assert "Latchkey is ready" in stacks.main.text


def test_one_browser_is_signed_in_to_both(stacks: Stacks) -> None:
    main, second = (Visitor(cloud.url, "both@example.com") for cloud in stacks[1:])
    main.browser = second.browser
    sign_in_with_link(main)
    sign_in_with_link(second)

    assert [one.call("GET", "/api/me").status_code for one in (main, second)] == [200, 200]


def test_stacks_are_listed(stacks: Stacks) -> None:
    head, *lines = run(stacks.home, "stacks").stdout.splitlines()

    assert head.split() == ["NAME", "ADDRESS", "PORTS", "PID", "SINCE", "STATE"]
    assert [line.split()[:2] for line in lines] == [
        ["main", stacks.main.url],
        ["second", stacks.second.url],
    ]


def test_list_is_there_for_scripts(stacks: Stacks) -> None:
    main, second = json.loads(run(stacks.home, "stacks", "--json").stdout)

    assert (main["name"], main["pid"], main["state"]) == (
        "main",
        stacks.main.pid,
        str(stacks.home),
    )
    assert (second["status"], second["url"]) == ("running", stacks.second.url)
    assert set(second["ports"]) == {"web", "aws", "lambda", "stytch"}
    assert second["since"].endswith("Z")


def test_seed_fills_the_stack_with_the_name(stacks: Stacks, in_second: Command) -> None:
    done = in_second("seed", "3")

    assert done.stdout.startswith("up to date\n3 issues"), done.stderr
    assert sum("(number " in title for title in titles(stacks.second)) == 3
    assert sum("(number " in title for title in titles(stacks.main)) == 0


def test_invoke_calls_the_stack_with_the_name(stacks: Stacks, in_second: Command) -> None:
    in_second("invoke", "create", str(ROOT / "events/create-netlify.json"))

    event = json.loads((ROOT / "events/create-netlify.json").read_text())["event"]
    title = json.loads(event["body"])["title"]
    assert title in titles(stacks.second)
    assert title not in titles(stacks.main)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["migrate"], "up to date"),
        (["sync-users", "--dry-run"], "users"),
        (["doctor"], "the local cloud runs at {url}"),
        (["reset"], "The local cloud runs (process {pid}). Stop it first"),
    ],
)
def test_command_speaks_to_the_stack_with_the_name(
    stacks: Stacks, in_second: Command, words: list[str], said: str
) -> None:
    done = in_second(*words)

    expected = said.format(url=stacks.second.url, pid=stacks.second.pid)
    assert expected in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["invoke", "sync-users"])
def test_command_for_a_stack_that_does_not_run_reaches_no_other(
    stacks: Stacks, command: str
) -> None:
    event = {"invoke": ["get", str(ROOT / "events/get-netlify.json")]}
    done = run(stacks.home, command, *event.get(command, []), NAME="third")

    assert done.returncode == 1
    assert "stack third does not run" in done.stderr
    assert "NAME=third make dev" in done.stderr


@pytest.mark.parametrize(
    "command", ["dev", "seed", "reset", "migrate", "doctor", "sync-users", "invoke get event"]
)
def test_bad_name_is_refused_by_every_command(tmp_path: Path, command: str) -> None:
    done = run(tmp_path, *command.split(), NAME="Not a name")

    assert done.returncode == 1
    assert done.stderr.startswith("NAME='Not a name' cannot be used. A stack's name has")


class TestStopping:
    def test_one_stack_stops_and_the_other_goes_on(
        self, start_cloud: Starter, tmp_path: Path
    ) -> None:
        main, second = start_cloud(tmp_path), start_cloud(tmp_path, NAME="second")
        main.wait_until_ready()
        second.wait_until_ready()

        done = run(tmp_path, "stacks", "stop", "second")

        assert (done.returncode, done.stdout) == (0, "Stopped: second\n")
        assert second.process.wait(10) == 0
        assert main.get("/_dev/health").status_code == 200

    def test_all_stacks_stop_even_one_that_sleeps(
        self, start_cloud: Starter, tmp_path: Path
    ) -> None:
        cloud = start_cloud(tmp_path, NAME="second")
        cloud.wait_until_ready()
        cloud.process.send_signal(signal.SIGSTOP)

        done = run(tmp_path, "stacks", "stop", "--all", "--json")

        assert [(one["name"], one["status"]) for one in json.loads(done.stdout)] == [
            ("second", "stopped")
        ]
        assert cloud.process.wait(10) == 0

    def test_stack_that_does_not_run_is_named(self, tmp_path: Path) -> None:
        done = run(tmp_path, "stacks", "stop", "second")

        assert done.returncode == 1
        assert done.stderr.startswith("The stack second does not run")

    @pytest.mark.parametrize("words", [["stop"], ["stop", "a", "--all"], ["list", "a"], ["--all"]])
    def test_it_has_to_be_said_what_to_stop(self, tmp_path: Path, words: list[str]) -> None:
        done = run(tmp_path, "stacks", *words)

        assert done.returncode == 2
        assert "stop" in done.stderr

    def test_without_stacks_the_list_is_empty(self, tmp_path: Path) -> None:
        assert run(tmp_path, "stacks", "--json").stdout == "[]\n"
        assert run(tmp_path, "stacks").stdout == "No stack runs. `make dev` starts one.\n"


class TestEntriesThatTellTheWrongProcess:
    @pytest.fixture
    def innocent(self) -> Iterator[subprocess.Popen[bytes]]:
        """A process of somebody else, which has the number that the stack had."""
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        yield process
        process.kill()
        process.wait()

    def test_entry_after_a_crash_is_removed_and_its_number_left_alone(
        self, start_cloud: Starter, tmp_path: Path, innocent: subprocess.Popen[bytes]
    ) -> None:
        cloud = start_cloud(tmp_path)
        cloud.wait_until_ready()
        cloud.stop(signal.SIGKILL)
        lock = tmp_path / "lock"
        lock.write_text(json.dumps(json.loads(lock.read_text()) | {"pid": innocent.pid}))

        done = run(tmp_path, "stacks", "stop", "main")

        assert f"The stack main has ended (process {innocent.pid})" in done.stderr
        assert innocent.poll() is None
        assert lock.read_text() == ""
        assert run(tmp_path, "stacks").stderr == ""

    def test_process_that_is_not_the_one_noted_is_not_ended(
        self, tmp_path: Path, innocent: subprocess.Popen[bytes]
    ) -> None:
        state = StateDir(tmp_path)
        state.acquire()
        lock = tmp_path / "lock"
        lock.write_text(json.dumps(json.loads(lock.read_text()) | {"pid": innocent.pid}))

        done = run(tmp_path, "stacks", "stop", "main")
        state.release()

        assert done.returncode == 1
        assert f"process {innocent.pid} is not the one that has started it" in done.stderr
        assert innocent.poll() is None


def test_reset_of_the_main_stack_leaves_the_others(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "stacks" / "second"):
        state = StateDir(folder)
        state.acquire()
        state.release()

    done = run(tmp_path, "reset")

    assert "that of other stacks stays" in done.stdout
    assert os.listdir(tmp_path) == ["stacks"]
    assert running_cloud(tmp_path / "stacks" / "second") is None


def test_reset_of_the_last_named_stack_leaves_no_empty_folder(tmp_path: Path) -> None:
    state = StateDir(tmp_path / "stacks" / "second")
    state.acquire()
    state.release()

    run(tmp_path, "reset", NAME="second")

    assert os.listdir(tmp_path) == []
