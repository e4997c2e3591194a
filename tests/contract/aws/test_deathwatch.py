"""A watched command ends with the process that started it, even if that one is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from local.kit.deathwatch import watched

ROOT = Path(__file__).parents[3]

PARENT = """
import signal, subprocess, sys, time
from local.kit.deathwatch import watched
subprocess.Popen(watched(["sh", "-c", "echo $$; exec sleep 60"], signal.SIGKILL))
time.sleep(60)
"""

LAMBDA_PARENT = """
import asyncio, json, pathlib, sys
from local.aws import Functions, load_template
root = pathlib.Path(sys.argv[1])

async def main():
    functions = Functions(load_template(root / "template.yaml"), root, {}, lambda *line: None)
    await functions.start()
    idle = json.loads((await functions.invoke("echo", b"{}")).payload)["pid"]
    print(idle, flush=True)
    await functions.invoke("background", b'{"seconds": 0.9}')

asyncio.run(main())
"""

SUPERVISOR = """
import signal, sys
from local.kit.deathwatch import supervise
raise SystemExit(supervise(sys.argv[2:], signal.SIGTERM, int(sys.argv[1])))
"""


def ended(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def ends_soon(pid: int) -> bool:
    deadline = time.monotonic() + 15
    while not ended(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return ended(pid)


def started(*command: str) -> tuple[subprocess.Popen[str], int]:
    """Start a process that starts another, which prints its own pid once it runs."""
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with parent.stdout as output:
        return parent, int(output.readline())


def test_the_command_ends_when_its_parent_is_killed():
    parent, child = started(sys.executable, "-c", PARENT)
    assert not ended(child)

    parent.kill()
    parent.wait()

    assert ends_soon(child)


def test_a_frozen_function_process_ends_when_its_parent_is_killed(code_root):
    parent, function = started(sys.executable, "-c", LAMBDA_PARENT, str(code_root))
    assert not ended(function)

    parent.kill()
    parent.wait()

    assert ends_soon(function)


def test_output_and_exit_status_are_the_commands_own():
    command = watched(["sh", "-c", "echo hello; exit 3"], signal.SIGTERM)

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (result.stdout, result.returncode) == ("hello\n", 3)


def test_a_command_that_does_not_exist_is_named():
    command = watched(["no-such-command"], signal.SIGTERM)

    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 127
    assert result.stderr == "cannot start no-such-command: No such file or directory\n"


def test_the_command_is_not_started_once_the_parent_is_gone():
    somebody_else = "1"
    command = [sys.executable, "-m", "local.kit.deathwatch", "--parent", somebody_else]

    result = subprocess.run(
        [*command, "--", "echo", "started"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (result.stdout, result.returncode) == ("", 1)


def test_a_supervised_command_ends_when_the_parent_is_not_the_parent_any_more():
    somebody_else = "1"
    command = [sys.executable, "-c", SUPERVISOR, somebody_else, "sleep", "60"]

    result = subprocess.run(command, cwd=ROOT, timeout=20, check=False)

    assert result.returncode == 256 - signal.SIGTERM


def test_a_supervised_command_gets_the_signals_of_its_supervisor():
    parent = str(os.getpid())
    command = [sys.executable, "-c", SUPERVISOR, parent, "sh", "-c", "echo up; exec sleep 60"]
    supervisor = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with supervisor.stdout as output:
        output.readline()

    supervisor.send_signal(signal.SIGTERM)

    assert supervisor.wait(timeout=20) == 256 - signal.SIGTERM
