"""A function under a debugger: debugpy itself, asked as an editor asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from local.aws import Debugging
from local.aws import runtime as local_runtime
from local.kit.ports import bound_socket, is_free
from tests.contract.aws.conftest import LocalLambda
from tests.support.debug_client import DebugClient

WAITED_SECONDS = 0.2
LINE_OF_ECHO = 9  # the first of its handler
AN_HOUR_MS = 3_600_000


@pytest.fixture
def port() -> int:
    with bound_socket("127.0.0.1", 0) as free:
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def debugged(code_root: Path, port: int) -> Iterator[LocalLambda]:
    """The local Lambda, with `echo` waiting for a debugger, behind an API with little patience."""
    local_lambda = LocalLambda(
        code_root, integration_seconds=WAITED_SECONDS, debugging=Debugging("echo", port)
    )
    yield local_lambda
    local_lambda.close()


@pytest.fixture
def call(debugged: LocalLambda) -> Iterator[Callable[[], Future[Any]]]:
    """Invokes `echo` without waiting for its answer."""
    with ThreadPoolExecutor() as callers:
        yield lambda: callers.submit(debugged.invoke, "echo", {"title": "x"})


def echo_of(debugged: LocalLambda) -> Path:
    return debugged.code_root / "functions" / "echo.py"


@pytest.mark.parametrize("has_aws_client", [True, False])
def test_it_waits_for_the_debugger_and_stops_at_the_breakpoint(
    debugged: LocalLambda,
    port: int,
    call: Callable[[], Future[Any]],
    has_aws_client: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(local_runtime, "aws_client_installed", lambda: has_aws_client)
    answer = call()

    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged), LINE_OF_ECHO)
        frame = debugger.wait_until_stopped()
        title = debugger.evaluate("event['title']", frame)
        was_answered = answer.done()
        debugger.go_on(frame)

        assert (frame["name"], frame["line"], title) == ("handler", LINE_OF_ECHO, "'x'")
        assert not was_answered
        assert answer.result(20)["Payload"]["event"] == {"title": "x"}


def test_log_says_where_it_waits_and_what_to_do(
    debugged: LocalLambda, port: int, call: Callable[[], Future[Any]]
) -> None:
    answer = call()
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))
        answer.result(20)

    [line] = [line for line in debugged.log("echo") if line.startswith("WAITING")]
    assert f"a debugger at 127.0.0.1:{port}" in line
    assert "Attach to a function" in line
    assert "docs/debugging.md" in line


def test_its_timeout_is_off(
    debugged: LocalLambda, port: int, call: Callable[[], Future[Any]]
) -> None:
    answer = call()
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))

        assert answer.result(20)["Payload"]["remaining_ms"] > AN_HOUR_MS


def test_http_api_waits_as_long_as_the_debugger_does(debugged: LocalLambda, port: int) -> None:
    with ThreadPoolExecutor() as callers:
        answer = callers.submit(requests.get, f"{debugged.api_url}/echo/1", timeout=20)
        with DebugClient(port) as debugger:
            debugger.attach(echo_of(debugged), LINE_OF_ECHO)
            frame = debugger.wait_until_stopped()
            debugged.invoke("misbehave", {"how": "sleep", "seconds": 2 * WAITED_SECONDS})
            debugger.go_on(frame)

            assert answer.result(20).status_code == 200


def test_debugger_sets_a_breakpoint_between_two_invocations(
    debugged: LocalLambda, port: int, call: Callable[[], Future[Any]]
) -> None:
    first = call()
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))
        first.result(20)
        verified = debugger.set_breakpoints(echo_of(debugged), LINE_OF_ECHO)
        second = call()
        debugger.go_on(debugger.wait_until_stopped())

        assert verified == [True]
        assert second.result(20)["Payload"]["invocations"] == 2


def test_calls_wait_for_each_other_and_none_is_refused(
    debugged: LocalLambda, port: int, call: Callable[[], Future[Any]]
) -> None:
    answers = [call() for _ in range(3)]
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))

        counts = {answer.result(20)["Payload"]["invocations"] for answer in answers}
        assert counts == {1, 2, 3}


def test_after_the_debugger_has_gone_the_function_answers(
    debugged: LocalLambda, port: int, call: Callable[[], Future[Any]]
) -> None:
    first = call()
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))
        first.result(20)
        debugger.detach()

    assert call().result(20)["Payload"]["invocations"] == 2


def test_edited_function_waits_for_the_debugger_again_at_the_same_port(
    debugged: LocalLambda, port: int, call: Callable[[], Future[Any]]
) -> None:
    first = call()
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))
        first.result(20)
    echo_of(debugged).write_text("def handler(event, context):\n    return 2\n")

    second = call()
    assert debugged.logs_waiting("echo", 2)
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))
        assert second.result(20)["Payload"] == 2


def test_other_functions_answer_meanwhile(
    debugged: LocalLambda, port: int, call: Callable[[], Future[Any]]
) -> None:
    answer = call()
    assert debugged.invoke("misbehave", {"how": "print", "text": "x"})["StatusCode"] == 200

    assert not answer.done()
    with DebugClient(port) as debugger:
        debugger.attach(echo_of(debugged))
        answer.result(20)


def test_end_while_it_waits_leaves_nobody_at_the_port(code_root: Path, port: int) -> None:
    local_lambda = LocalLambda(code_root, debugging=Debugging("echo", port))
    with ThreadPoolExecutor() as callers:
        answer = callers.submit(local_lambda.invoke, "echo")
        DebugClient(port).close()
        local_lambda.run(local_lambda.functions.stop())

        assert is_free(port)
        assert "FunctionError" in answer.result(20)
    local_lambda.close()
