"""The local cloud as a developer starts it, on free ports and with a state of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from local.state_dir import running_cloud

ROOT = Path(__file__).resolve().parents[3]
PORTS = ("PORT", "AWS_PORT", "LAMBDA_PORT", "STYTCH_PORT")
READY_WITHIN_SECONDS = 90


@contextmanager
def local_cloud(state: Path) -> Iterator[str]:
    """Yields the base URL of a healthy cloud; raises RuntimeError with its output if it ends."""
    environment = {**os.environ, **dict.fromkeys(PORTS, "0"), "NO_COLOR": "1"}
    output = state.with_suffix(".out")
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", "dev", "--state", str(state)],
            cwd=ROOT,
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _wait_until_healthy(process, state, output)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_until_healthy(process: subprocess.Popen[bytes], state: Path, output: Path) -> str:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        running = running_cloud(state)
        if running and running.url and _is_healthy(running.url):
            return running.url
        time.sleep(0.2)
    raise RuntimeError(f"the local cloud did not become healthy:\n{output.read_text()}")


def _is_healthy(url: str) -> bool:
    try:
        return requests.get(f"{url}/_dev/health", timeout=5).status_code == 200
    except requests.RequestException:
        return False
