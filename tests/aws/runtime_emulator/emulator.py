"""AWS's runtime interface emulator, as the SAM CLI brings it along, with one function."""

from __future__ import annotations

import os
import platform
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

SAM_ENVIRONMENT = Path(__file__).parents[3] / "build" / "sam-cli"
START_SECONDS = 30
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}


class RuntimeEmulator:
    """Runs a function of the package. It knows one name for any function: `function`."""

    NAME = "function"

    def __init__(
        self, function: str, package: Path, python: Path, environment: Mapping[str, str]
    ) -> None:
        ports = free_ports(2)
        self.url = f"http://127.0.0.1:{ports[0]}"
        self._port = ports[0]
        self._command = [
            str(program()),
            f"--runtime-interface-emulator-address=127.0.0.1:{ports[0]}",
            f"--runtime-api-address=127.0.0.1:{ports[1]}",
            str(python),
            "-m",
            "awslambdaric",
            f"functions.{function}.handler",
        ]
        self._package = package
        self._environment = {
            "PATH": os.environ["PATH"],
            "LAMBDA_TASK_ROOT": str(package),
            "AWS_LAMBDA_FUNCTION_TIMEOUT": "15",
            "AWS_REGION": "us-east-1",
            **environment,
        }

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command,
            cwd=self._package,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        ends_at = time.monotonic() + START_SECONDS
        while not self._listens():
            if time.monotonic() > ends_at:
                raise TimeoutError("AWS's runtime interface emulator does not listen")
            time.sleep(0.05)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0


def program() -> Path:
    """The emulator for this machine's processor."""
    name = f"aws-lambda-rie-{ARCHITECTURES[platform.machine()]}"
    [found] = SAM_ENVIRONMENT.glob(f"lib/python*/site-packages/samcli/local/rapid/{name}")
    found.chmod(0o755)
    return found


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at this moment."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
