"""A local Lambda with small sample functions, served to ordinary clients over loopback."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import uvicorn
from botocore.config import Config

from local.aws import Debugging, Functions, http_api, invoke_api, load_template
from local.aws import runtime as local_runtime

SDK = boto3.Session()
SAMPLE = Path(__file__).with_name("sample")


class LocalLambda:
    """Functions, Invoke API and HTTP API in a thread of their own."""

    def __init__(
        self,
        code_root: Path,
        concurrency: int = 3,
        integration_seconds: float = 30,
        debugging: Debugging | None = None,
    ) -> None:
        self.code_root = code_root
        self._debugging = debugging
        self._gate = code_root.with_name("gate")
        self.waiting = {"how": "wait", "for": str(self._gate)}
        self.lines: list[tuple[str, str]] = []
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        self.functions = self.run(self._start(concurrency, integration_seconds))
        self.client = self.new_client()

    async def _start(self, concurrency: int, integration_seconds: float) -> Functions:
        template = load_template(self.code_root / "template.yaml")
        functions = Functions(
            template,
            self.code_root,
            {"PLAIN": "from-caller"},
            lambda source, line: self.lines.append((source, line)),
            concurrency,
            self._debugging,
        )
        await functions.start()
        self.invoke_url, self._invoke_server = await _serve(invoke_api(functions))
        self.api_url, self._api_server = await _serve(
            http_api(template, functions, integration_seconds)
        )
        return functions

    async def _stop(self) -> None:
        await asyncio.gather(self.functions.stop(), _stop(self._invoke_server, self._api_server))

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def new_client(self) -> Any:
        return SDK.client(
            "lambda",
            endpoint_url=self.invoke_url,
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(retries={"max_attempts": 0}, parameter_validation=False),
        )

    def invoke(self, name: str, event: object = None, **options: Any) -> Any:
        """Invoke with an SDK; the parsed payload replaces the stream."""
        payload = json.dumps({} if event is None else event)
        response = self.client.invoke(FunctionName=name, Payload=payload, **options)
        return response | {"Payload": json.loads(response["Payload"].read() or b"null")}

    def log(self, name: str) -> list[str]:
        return [line for source, line in self.lines if source == f"fn:{name}"]

    def logs_soon(self, name: str, line: str) -> bool:
        """Tell whether `line` is logged within ten seconds."""
        return _soon(lambda: line in self.log(name))

    def logs_start_of(self, name: str, count: int) -> bool:
        """Tell whether `count` invocations start within ten seconds."""
        return _soon(lambda: sum(line.startswith("START") for line in self.log(name)) >= count)

    def logs_waiting(self, name: str, count: int) -> bool:
        """Tell whether so many processes wait for a debugger, one after another, soon."""
        return _soon(lambda: sum(line.startswith("WAITING") for line in self.log(name)) >= count)

    def open_gate(self) -> None:
        """Let the invocations end that were sent the event `waiting`."""
        self._gate.touch()

    async def warm_up(self) -> None:
        await self.functions.warm_up()

    def close(self) -> None:
        self.client.close()
        self.run(self._stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


def _copy_of_sample(directory: Path) -> Path:
    root = directory / "code"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def _soon(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.01)
    return happened()


async def _serve(app: Any) -> tuple[str, tuple[uvicorn.Server, asyncio.Task[None]]]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, lifespan="off", ws="none", log_config=None, proxy_headers=False)
    )
    serving = asyncio.create_task(server.serve([listener]))
    return f"http://127.0.0.1:{listener.getsockname()[1]}", (server, serving)


async def _stop(*servers: tuple[uvicorn.Server, asyncio.Task[None]]) -> None:
    for server, _ in servers:
        server.should_exit = server.force_exit = True
    await asyncio.gather(*(serving for _, serving in servers))


@pytest.fixture
def code_root(tmp_path: Path) -> Path:
    """A copy of the sample functions that a test may edit."""
    return _copy_of_sample(tmp_path)


@pytest.fixture
def aws(code_root: Path) -> Iterator[LocalLambda]:
    """The local Lambda, its functions run by AWS's own runtime client."""
    local_lambda = LocalLambda(code_root)
    yield local_lambda
    local_lambda.close()


@pytest.fixture(scope="module")
def lasting_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalLambda]:
    """One local Lambda for all tests of a module; for those that change nothing."""
    local_lambda = LocalLambda(_copy_of_sample(tmp_path_factory.mktemp("lasting")))
    yield local_lambda
    local_lambda.close()


@pytest.fixture
def hasty_aws(code_root: Path) -> Iterator[LocalLambda]:
    """The local Lambda behind an API that waits a fifth of a second."""
    local_lambda = LocalLambda(code_root, integration_seconds=0.2)
    yield local_lambda
    local_lambda.close()


@pytest.fixture(params=["aws_client", "own_client"])
def either_client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the functions once under each runtime client; ask for it before `aws`."""
    commands: dict[str, Callable[[str], list[str]]] = {
        "aws_client": local_runtime.command,
        "own_client": local_runtime.own_client_command,
    }
    monkeypatch.setattr(local_runtime, "command", commands[request.param])
