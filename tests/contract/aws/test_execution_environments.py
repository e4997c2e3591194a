"""The life of a function process: cold and warm, frozen, overdue, crashed, too many."""

from __future__ import annotations

import asyncio
import os
import platform
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from local.kit.invocation import TooManyRequests


def process_state(pid: int) -> str:
    """Answer the state letter of proc(5): `T` is stopped, `S` sleeping."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def state_before_long(pid: int, expected: str) -> str:
    """The process's state once it is the expected one, or after ten seconds."""
    deadline = time.monotonic() + 10
    while process_state(pid) != expected and time.monotonic() < deadline:
        time.sleep(0.01)
    return process_state(pid)


def processes_below(directory: Path) -> list[int]:
    """Answer the processes that work in `directory` and are more than a remembered exit status."""
    working = []
    for entry in Path("/proc").iterdir():
        try:
            if os.readlink(entry / "cwd") == str(directory):
                working.append(int(entry.name))
        except OSError:
            continue
    return working


def test_the_first_invocation_is_cold_and_the_next_is_warm(aws):
    first = aws.run(aws.functions.invoke("echo", b"{}"))
    second = aws.run(aws.functions.invoke("echo", b"{}"))

    assert (first.cold, second.cold) == (True, False)


def test_the_log_frames_an_invocation_as_lambda_does(aws):
    request_id = aws.invoke("misbehave", {"how": "print", "text": "hi"})["ResponseMetadata"][
        "RequestId"
    ]

    init, start, line, end, report = aws.log("misbehave")
    assert re.fullmatch(r"INIT_START Runtime Version: python:3\.\d+\.\d+", init)
    assert start == f"START RequestId: {request_id} Version: $LATEST"
    assert line == "hi"
    assert end == f"END RequestId: {request_id}"
    assert re.fullmatch(
        rf"REPORT RequestId: {request_id}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms"
        r"\tMemory Size: 256 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms",
        report,
    )


def test_only_a_cold_start_reports_an_init_duration(aws):
    aws.invoke("echo")
    aws.invoke("echo")

    first, second = [line for line in aws.log("echo") if line.startswith("REPORT")]
    assert "Init Duration" in first
    assert "Init Duration" not in second


def test_a_warmed_up_function_does_not_start_cold(aws):
    aws.run(aws.warm_up())

    assert not aws.run(aws.functions.invoke("echo", b"{}")).cold


def test_an_invocation_shares_the_start_of_a_warm_up_that_is_under_way(aws):
    init_start = f"INIT_START Runtime Version: python:{platform.python_version()}"
    warming_up = asyncio.run_coroutine_threadsafe(aws.warm_up(), aws.loop)
    aws.logs_soon("echo", init_start)

    invocation = aws.run(aws.functions.invoke("echo", b"{}"))

    warming_up.result(60)
    assert not invocation.cold
    assert aws.log("echo").count(init_start) == 1


def test_between_invocations_the_process_is_frozen(aws):
    pid = aws.invoke("echo")["Payload"]["pid"]

    assert state_before_long(pid, "T") == "T"


def test_threads_stand_still_while_frozen_and_run_while_invoked(aws):
    first = aws.invoke("background", {"seconds": 0.2})["Payload"]
    time.sleep(1)  # a hundred ticks; on a busy machine a few pass until the process is frozen
    second = aws.invoke("background", {"seconds": 0.2})["Payload"]

    assert first["after"] > first["before"]
    assert second["before"] - first["after"] < 30


def test_an_invocation_that_takes_too_long_is_answered_at_the_timeout(aws):
    response = aws.invoke("overdue")

    request_id = response["ResponseMetadata"]["RequestId"]
    assert response["FunctionError"] == "Unhandled"
    assert response["Payload"] == {
        "errorType": "Sandbox.Timedout",
        "errorMessage": f"RequestId: {request_id} Error: Task timed out after 1.00 seconds",
    }


def test_a_timeout_is_in_the_log(aws):
    request_id = aws.invoke("overdue")["ResponseMetadata"]["RequestId"]

    pattern = rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ {request_id} Task timed out after 1\.00 seconds"
    assert any(re.fullmatch(pattern, line) for line in aws.log("overdue"))


def test_after_a_timeout_a_new_process_takes_over(aws):
    aws.invoke("overdue")

    assert aws.run(aws.functions.invoke("overdue", b'{"seconds": 0}')).cold


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (7, "Runtime exited with error: exit status 7"),
        (0, "Runtime exited without providing a reason"),
    ],
)
def test_a_process_that_ends_is_a_function_error(aws, status, ending):
    response = aws.invoke("misbehave", {"how": "exit", "status": status})

    request_id = response["ResponseMetadata"]["RequestId"]
    assert response["FunctionError"] == "Unhandled"
    assert response["Payload"] == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {request_id} Error: {ending}",
    }


def test_after_a_crash_a_new_process_takes_over(aws):
    aws.invoke("misbehave", {"how": "exit"})

    assert aws.run(aws.functions.invoke("misbehave", b'{"how": "none"}')).cold


def killed(aws, name):
    """Invoke a function, and end its process as soon as it has answered."""
    pid = aws.invoke(name)["Payload"]["pid"]
    os.kill(pid, signal.SIGKILL)
    with suppress(ChildProcessError):  # its end has been read already
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    return pid


@pytest.mark.parametrize("_attempt", range(5))
def test_a_process_that_dies_while_idle_is_replaced_at_the_next_request(aws, _attempt):
    pid = killed(aws, "echo")

    response = aws.invoke("echo")

    assert response["Payload"]["pid"] != pid


def test_the_log_says_that_a_process_died_while_idle(aws):
    killed(aws, "echo")

    aws.invoke("echo")

    assert aws.logs_soon("echo", "The process has ended; the next request starts another.")


def test_the_log_says_that_a_process_ended_during_a_request(aws):
    request_id = aws.invoke("misbehave", {"how": "exit"})["ResponseMetadata"]["RequestId"]

    ending = f"RequestId: {request_id} Error: Runtime exited with error: exit status 7"
    assert aws.logs_soon("misbehave", ending)


def test_after_an_init_error_the_next_invocation_starts_afresh(aws):
    aws.invoke("unimportable")
    (aws.code_root / "no_such_module.py").touch()

    response = aws.invoke("unimportable")

    assert "FunctionError" not in response


def test_invocations_at_the_same_time_run_in_processes_of_their_own(aws):
    with ThreadPoolExecutor() as threads:
        running = [threads.submit(aws.invoke, "misbehave", aws.waiting) for _ in range(3)]
        aws.logs_start_of("misbehave", 3)
        aws.open_gate()

    assert len({answer.result()["Payload"] for answer in running}) == 3


def test_above_the_concurrency_limit_invocations_are_refused(aws):
    async def four_at_once():
        event = b'{"how": "sleep", "seconds": 1}'
        calls = [aws.functions.invoke("misbehave", event) for _ in range(4)]
        return await asyncio.gather(*calls, return_exceptions=True)

    answers = aws.run(four_at_once())

    assert [isinstance(answer, TooManyRequests) for answer in answers] == [False] * 3 + [True]


def test_the_sdk_raises_too_many_requests(aws):
    with ThreadPoolExecutor() as threads:
        running = [threads.submit(aws.invoke, "misbehave", aws.waiting) for _ in range(3)]
        aws.logs_start_of("misbehave", 3)

        with pytest.raises(aws.client.exceptions.TooManyRequestsException) as error:
            aws.invoke("misbehave", aws.waiting)
        aws.open_gate()

    assert error.value.response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    assert all("FunctionError" not in answer.result() for answer in running)


def test_functions_do_not_share_their_limit(aws):
    with ThreadPoolExecutor() as threads:
        threads.map(lambda _: aws.invoke("misbehave", aws.waiting), range(3))
        aws.logs_start_of("misbehave", 3)

        assert "FunctionError" not in aws.invoke("echo")
        aws.open_gate()


def test_stopping_ends_idle_and_busy_processes(aws):
    aws.invoke("echo")
    with ThreadPoolExecutor() as threads:
        busy = threads.submit(aws.invoke, "misbehave", {"how": "sleep"})
        aws.logs_start_of("misbehave", 1)
        assert len(processes_below(aws.code_root)) == 2

        aws.run(aws.functions.stop())

        assert busy.result()["Payload"]["errorType"] == "Runtime.ExitError"
    assert processes_below(aws.code_root) == []


def test_after_stopping_no_process_starts_any_more(aws):
    aws.run(aws.functions.stop())

    with pytest.raises(TooManyRequests):
        aws.run(aws.functions.invoke("echo", b"{}"))
