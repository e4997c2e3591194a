"""An edited file takes effect on the next invocation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import requests

ANSWER_ONE = "def handler(event, context):\n    return 1\n"
ANSWER_TWO = "def handler(event, context):\n    return 2\n"
BROKEN = "def handler(event, context)\n    return 3\n"


def test_an_edited_handler_answers_the_next_invocation(aws):
    handler = aws.code_root / "functions" / "echo.py"
    handler.write_text(ANSWER_ONE)
    before = aws.invoke("echo")["Payload"]

    handler.write_text(ANSWER_TWO)

    assert (before, aws.invoke("echo")["Payload"]) == (1, 2)


def test_an_edited_shared_module_restarts_the_functions_too(aws):
    shared = aws.code_root / "shared"
    shared.mkdir()
    (shared / "number.py").write_text("NUMBER = 1\n")
    handler = (
        "from shared.number import NUMBER\n\n\ndef handler(event, context):\n    return NUMBER\n"
    )
    (aws.code_root / "functions" / "echo.py").write_text(handler)
    before = aws.invoke("echo")["Payload"]

    (shared / "number.py").write_text("NUMBER = 2\n")

    assert (before, aws.invoke("echo")["Payload"]) == (1, 2)


def test_without_an_edit_the_process_is_kept(aws):
    first = aws.invoke("echo")["Payload"]["pid"]

    assert aws.invoke("echo")["Payload"]["pid"] == first


def test_a_mistake_is_answered_and_the_next_edit_mends_it(aws):
    handler = aws.code_root / "functions" / "echo.py"
    handler.write_text(BROKEN)
    broken = aws.invoke("echo")

    handler.write_text(ANSWER_TWO)

    assert broken["Payload"]["errorType"] == "Runtime.UserCodeSyntaxError"
    assert aws.invoke("echo")["Payload"] == 2


def test_a_mistake_is_told_in_the_answer_of_the_api_and_in_the_log(aws):
    (aws.code_root / "functions" / "echo.py").write_text(BROKEN)

    response = requests.get(f"{aws.api_url}/echo", timeout=20)

    assert response.status_code == 500
    assert "(echo.py, line 1)" in response.json()["detail"]
    assert any("Runtime.UserCodeSyntaxError" in line for line in aws.log("echo"))


def test_an_edit_does_not_disturb_an_invocation_that_is_under_way(aws):
    with ThreadPoolExecutor() as threads:
        running = threads.submit(aws.invoke, "misbehave", aws.waiting)
        aws.logs_start_of("misbehave", 1)

        (aws.code_root / "functions" / "misbehave.py").write_text(ANSWER_ONE)

        assert aws.invoke("misbehave")["Payload"] == 1
        aws.open_gate()
        assert isinstance(running.result()["Payload"], int)
    assert aws.invoke("misbehave")["Payload"] == 1
