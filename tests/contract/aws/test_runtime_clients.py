"""What a handler is given and what becomes of its result, under AWS's runtime client and ours."""

from __future__ import annotations

import base64
import platform

import pytest

pytestmark = pytest.mark.usefixtures("either_client")


def test_the_event_arrives_unchanged(aws):
    event = {"title": "Grüße, 世界", "nested": [1, None, {"a": 0.5}]}

    assert aws.invoke("echo", event)["Payload"]["event"] == event


def test_the_context_names_the_function(aws):
    seen = aws.invoke("echo")["Payload"]

    assert seen["arn"] == "arn:aws:lambda:us-east-1:123456789012:function:echo"
    assert seen["memory"] == "256"


def test_the_context_counts_down_to_the_timeout(aws):
    assert 0 < aws.invoke("echo")["Payload"]["remaining_ms"] <= 10_000


def test_the_client_context_arrives_as_utf_8(aws):
    context = base64.b64encode('{"custom":{"name":"Ärger"}}'.encode()).decode()

    assert aws.invoke("echo", ClientContext=context)["Payload"]["custom"] == {"name": "Ärger"}


def test_without_client_context_there_is_none(aws):
    assert aws.invoke("echo")["Payload"]["custom"] is None


def test_a_process_serves_one_invocation_after_the_other(aws):
    first = aws.invoke("echo")["Payload"]
    second = aws.invoke("echo")["Payload"]

    assert (first["pid"], first["invocations"]) == (second["pid"], 1)
    assert second["invocations"] == 2


def test_an_exception_is_the_answer_of_the_invocation(aws):
    response = aws.invoke("misbehave", {"how": "raise"})

    assert response["StatusCode"] == 200
    assert response["FunctionError"] == "Unhandled"
    assert response["Payload"]["errorType"] == "ValueError"
    assert response["Payload"]["errorMessage"] == "a wrong value"
    assert "misbehave.py" in "".join(response["Payload"]["stackTrace"])


def test_an_exception_is_in_the_log(aws):
    aws.invoke("misbehave", {"how": "raise"})

    assert "a wrong value" in "\n".join(aws.log("misbehave"))


def test_after_an_exception_the_same_process_goes_on(aws):
    before = aws.invoke("misbehave", {"how": "pid"})["Payload"]
    aws.invoke("misbehave", {"how": "raise"})

    assert aws.invoke("misbehave", {"how": "pid"})["Payload"] == before


def test_a_module_that_cannot_be_imported_is_an_init_error(aws):
    response = aws.invoke("unimportable")

    assert response["FunctionError"] == "Unhandled"
    assert response["Payload"]["errorType"] == "Runtime.ImportModuleError"
    assert response["Payload"]["errorMessage"] == (
        "Unable to import module 'functions.unimportable': No module named 'no_such_module'"
    )


def test_a_syntax_error_is_an_init_error(aws):
    (aws.code_root / "functions" / "echo.py").write_text("def handler(:\n")

    response = aws.invoke("echo")

    assert response["Payload"]["errorType"] == "Runtime.UserCodeSyntaxError"


def test_what_the_handler_prints_is_logged_line_by_line(aws):
    aws.invoke("misbehave", {"how": "print", "text": "one\ntwo"})

    log = aws.log("misbehave")
    assert log[log.index("one") + 1] == "two"


def test_the_environment_is_the_functions_own(aws, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_SHELL", "must not leak")

    seen = aws.invoke("echo")["Payload"]["environment"]

    assert "SECRET_OF_THE_SHELL" not in seen
    assert seen["GREETING"] == "hello"
    assert seen["PLAIN"] == "from-caller"
    assert {"UNKNOWN", "STACK"}.isdisjoint(seen)


def test_the_environment_tells_what_lambda_tells(aws):
    seen = aws.invoke("echo")["Payload"]["environment"]

    major, minor, _ = platform.python_version_tuple()
    assert seen["AWS_EXECUTION_ENV"] == f"AWS_Lambda_python{major}.{minor}"
    assert seen["AWS_LAMBDA_FUNCTION_NAME"] == "echo"
    assert seen["AWS_LAMBDA_FUNCTION_VERSION"] == "$LATEST"
    assert seen["AWS_REGION"] == "us-east-1"
    assert seen["LAMBDA_TASK_ROOT"] == str(aws.code_root)
    assert seen["_HANDLER"] == "functions.echo.handler"
    assert seen["TZ"] == ":UTC"


def test_the_working_directory_is_the_code_root(aws):
    assert aws.invoke("echo")["Payload"]["directory"] == str(aws.code_root)
