"""What the terminal shows of a function's lines."""

from __future__ import annotations

import json
import logging

import pytest

from local.cloud.function_lines import Line, readable
from shared import log

REQUEST = {
    "request_id": "5b1c",
    "function": "get",
    "method": "GET",
    "route": "/issues/{id}",
    "status": 200,
    "code": None,
    "cause": None,
    "principal": "netlify:f47a52b9",
    "provider": "netlify",
    "ms": 1.5,
    "database_ms": 1.3,
    "upstream_ms": 0.0,
    "cold_start": True,
}


def written(capsys: pytest.CaptureFixture[str], level: int, **members: object) -> str:
    """The line that `shared/log.py` writes."""
    log.write(level, **members)
    return capsys.readouterr().out.rstrip("\n")


@pytest.mark.parametrize(
    "text",
    [
        "INIT_START Runtime Version: python:3.13.0",
        "START RequestId: 5b1c Version: $LATEST",
        "END RequestId: 5b1c",
        "REPORT RequestId: 5b1c\tDuration: 4.18 ms",
        json.dumps({"level": "INFO", **REQUEST}),
    ],
)
def test_what_the_requests_line_says_is_not_said_twice(text: str) -> None:
    assert readable(text) == []


@pytest.mark.parametrize("text", ["hello", "START of something", "{not json", "[1, 2]", "3", ""])
def test_text_stays_as_it_is(text: str) -> None:
    assert readable(text) == [Line(text)]


def test_failed_request_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    failed = REQUEST | {"status": 503, "code": "database_unavailable", "cause": "timed out"}

    assert readable(written(capsys, logging.ERROR, **failed)) == [
        Line("ERROR GET /issues/{id} 503 code=database_unavailable cause=timed out", "ERROR")
    ]


def test_traceback_is_shown_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    crashed = REQUEST | {"status": 500, "code": "internal_error"} | log.crash(ValueError("bad"))

    assert readable(written(capsys, logging.CRITICAL, **crashed)) == [
        Line("CRITICAL GET /issues/{id} 500 code=internal_error", "CRITICAL"),
        Line("ValueError: bad", "CRITICAL"),
    ]


@pytest.mark.parametrize(
    ("level", "members", "shown"),
    [
        ("WARNING", {"event": "malformed", "error": "KeyError"}, "malformed error=KeyError"),
        ("INFO", {"event": "webhook", "principal": "stytch:1"}, "webhook principal=stytch:1"),
        ("ERROR", {"event": "stytch", "status": 401, "error": None}, "status=401 stytch"),
    ],
)
def test_event_is_told_in_words(level: str, members: dict[str, object], shown: str) -> None:
    text = json.dumps({"level": level, "request_id": "5b1c", **members})

    assert readable(text) == [Line(f"{level} {shown}", level)]


def test_record_of_pythons_logging_is_its_message() -> None:
    record = {
        "timestamp": "2026-11-27T20:00:00Z",
        "level": "WARNING",
        "message": "slow",
        "logger": "root",
        "requestId": "5b1c",
    }

    assert readable(json.dumps(record)) == [Line("WARNING slow", "WARNING")]


@pytest.mark.parametrize("prefix", ["", "[ERROR] "])
def test_exception_that_the_runtime_client_reports_is_a_traceback(prefix: str) -> None:
    document = {
        "errorType": "Runtime.ImportModuleError",
        "errorMessage": "no module",
        "stackTrace": ['  File "a.py", line 1\n    import b\n'],
    }

    assert readable(prefix + json.dumps(document)) == [
        Line("ERROR Runtime.ImportModuleError: no module", "ERROR"),
        Line('  File "a.py", line 1', "ERROR"),
        Line("    import b", "ERROR"),
    ]


def test_timeout_is_an_error() -> None:
    text = "2026-11-27T20:00:00Z 5b1c Task timed out after 10.00 seconds"

    assert readable(text) == [Line("Task timed out after 10.00 seconds", "ERROR")]


def test_words_cannot_command_the_terminal() -> None:
    text = json.dumps({"level": "WARNING", "event": "x", "error": "\x1b[2J\x07"})

    assert readable(text) == [Line("WARNING x error=?[2J?", "WARNING")]
