"""shared/spans.py: spans where they are asked for, and not one instruction where they are not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from shared import spans
from tests.support.configuration import VALUES

ROOT = Path(__file__).parents[3]
CONTEXT = SimpleNamespace(aws_request_id="the-request")
MARKED = """
import json
from functions.get import handler
from shared import application
from shared.auth import upstream_http
from shared.auth.stytch import client
from shared.database.database import Database
from shared.http import caller

marked = {
    "handler": handler,
    "application": application.application,
    "sign in": caller._sign_in,
    "statement": Database._execute,
    "connection": Database._connect,
    "call": upstream_http._exchange,
    "call of the SDK": client._TimeoutAdapter.send,
}
print(json.dumps({name: function.__code__.co_filename for name, function in marked.items()}))
"""


@pytest.fixture
def asked_for(monkeypatch):
    monkeypatch.setenv("REPORT_SPANS", "on")


def double(number):
    return 2 * number


def fail():
    raise ValueError("not for the log")


def reported(capsys, work):
    """The spans of an invocation that does this work, as its line has them."""
    handler = spans.reported(lambda event, context: work())
    handler({}, CONTEXT)
    line = json.loads(capsys.readouterr().out)
    return line["spans"]


def where_the_marked_functions_are(**environ):
    """The file of the code that each marked function runs first."""
    done = subprocess.run(
        [sys.executable, "-c", MARKED],
        cwd=ROOT,
        env=VALUES | {"PATH": os.environ["PATH"]} | environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: Path(file).name for name, file in json.loads(done.stdout).items()}


def test_at_info_a_marked_function_is_the_function_itself():
    assert spans.recorded("doubling")(double) is double


def test_at_info_the_handler_is_the_handler_itself():
    assert spans.reported(double) is double


def test_at_info_no_marked_function_of_the_product_runs_any_code_of_spans():
    files = where_the_marked_functions_are(LOG_LEVEL="INFO")

    assert "spans.py" not in files.values()


@pytest.mark.parametrize("asking", [{"LOG_LEVEL": "DEBUG"}, {"REPORT_SPANS": "on"}])
def test_every_marked_function_of_the_product_is_measured_where_it_is_asked_for(asking):
    files = where_the_marked_functions_are(**asking)

    assert set(files.values()) == {"spans.py"}


def test_a_span_has_its_kind_and_time_and_what_is_told_of_the_call(asked_for, capsys):
    marked = spans.recorded("doubling", lambda n: {"of": n}, lambda n: {"is": n})(double)

    _, span = reported(capsys, lambda: marked(4))

    assert (span["kind"], span["of"], span["is"]) == ("doubling", 4, 8)
    assert span["ms"] >= 0


def test_a_marked_function_answers_as_before(asked_for):
    assert spans.recorded("doubling")(double)(4) == 8


def test_spans_stand_in_the_order_in_which_they_began(asked_for, capsys):
    inner = spans.recorded("inner")(double)
    outer = spans.recorded("outer")(lambda: inner(1))

    assert [span["kind"] for span in reported(capsys, outer)] == ["handler", "outer", "inner"]


def test_a_span_that_failed_names_the_exception_and_no_more(asked_for, capsys):
    marked = spans.recorded("failing")(fail)

    def work():
        with pytest.raises(ValueError, match="not for the log"):
            marked()

    _, span = reported(capsys, work)

    assert span["error"] == "ValueError"
    assert "not for the log" not in json.dumps(span)


def test_the_line_belongs_to_its_request(asked_for, capsys):
    spans.reported(lambda event, context: None)({}, CONTEXT)

    line = json.loads(capsys.readouterr().out)
    assert (line["level"], line["request_id"]) == ("DEBUG", "the-request")


def test_spans_are_reported_for_an_invocation_that_raises(asked_for, capsys):
    with pytest.raises(ValueError, match="not for the log"):
        spans.reported(lambda event, context: fail())({}, CONTEXT)

    assert json.loads(capsys.readouterr().out)["spans"][0]["error"] == "ValueError"


def test_each_invocation_reports_its_own_spans_only(asked_for, capsys):
    marked = spans.recorded("doubling")(double)
    reported(capsys, lambda: marked(1))

    assert len(reported(capsys, lambda: marked(2))) == 2


def test_what_an_earlier_invocation_left_running_is_not_reported(asked_for, capsys):
    spans.recorded("straggler")(double)(1)

    assert [span["kind"] for span in reported(capsys, lambda: None)] == ["handler"]


def test_the_start_of_the_process_is_reported_with_its_first_invocation(asked_for, capsys):
    spans.recorded("init")(double)(1)

    assert [span["kind"] for span in reported(capsys, lambda: None)] == ["init", "handler"]


def test_the_start_of_the_process_is_reported_once(asked_for, capsys):
    spans.recorded("init")(double)(1)
    reported(capsys, lambda: None)

    assert [span["kind"] for span in reported(capsys, lambda: None)] == ["handler"]
