"""`python -m local invoke`: an event file in, the answer and the log out."""

from __future__ import annotations

import base64
import json

import pytest

from local.commands.invoke import main


@pytest.fixture
def aws(lasting_aws):
    return lasting_aws


@pytest.fixture
def invoke(aws, tmp_path):
    """Run the command on a file with the given content; answer its exit status."""

    def run(function: str, content: object) -> int:
        file = tmp_path / "event.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        return main([function, str(file), "--endpoint", aws.invoke_url])

    return run


def test_the_answer_is_printed_and_the_log_goes_to_standard_error(invoke, capsys):
    status = invoke("echo", {"title": "Grüße"})

    out, err = capsys.readouterr()
    assert status == 0
    assert json.loads(out)["event"] == {"title": "Grüße"}
    assert "Grüße" in out
    assert "Billed Duration: " in err


def test_a_client_context_is_sent_as_netlify_sends_it(invoke, capsys):
    identity = {"identity": {"url": "https://example.com"}, "user": {"sub": "1"}}

    invoke("echo", {"event": {"a": 1}, "clientContext": identity})

    seen = json.loads(capsys.readouterr().out)
    assert seen["event"] == {"a": 1}
    assert json.loads(base64.b64decode(seen["custom"]["netlify"])) == identity


def test_placeholders_become_environment_variables(invoke, capsys, monkeypatch):
    monkeypatch.setenv("SOME_TOKEN", 'with "quotes"')

    invoke("echo", {"authorization": "Bearer ${SOME_TOKEN}"})

    event = json.loads(capsys.readouterr().out)["event"]
    assert event == {"authorization": 'Bearer with "quotes"'}


def test_a_missing_variable_is_named(invoke, capsys):
    status = invoke("echo", {"a": "${NOT_SET_ONE} ${NOT_SET_TWO}"})

    assert status == 2
    assert capsys.readouterr().err == "set NOT_SET_ONE, NOT_SET_TWO in the environment first\n"


@pytest.mark.parametrize("content", ["{not json", "[1, 2]"])
def test_a_file_that_is_no_event_is_refused(invoke, capsys, content):
    assert invoke("echo", content) == 2
    assert "event.json: " in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(aws, capsys):
    status = main(["echo", "no/such/file.json", "--endpoint", aws.invoke_url])

    assert status == 2
    assert capsys.readouterr().err == "no/such/file.json: No such file or directory\n"


def test_a_function_error_is_shown_and_fails_the_command(invoke, capsys):
    status = invoke("misbehave", {"how": "raise"})

    assert status == 1
    assert json.loads(capsys.readouterr().out)["errorType"] == "ValueError"


def test_an_unknown_function_is_shown_and_fails_the_command(invoke, capsys):
    status = invoke("nonesuch", {})

    assert status == 1
    assert json.loads(capsys.readouterr().out)["Message"] == "Function not found: nonesuch"


def test_without_a_running_local_cloud_the_command_says_so(tmp_path, capsys):
    file = tmp_path / "event.json"
    file.write_text("{}")

    status = main(["echo", str(file), "--endpoint", "http://127.0.0.1:9"])

    assert status == 1
    assert "is `make dev` running?" in capsys.readouterr().err


def test_at_an_address_that_is_not_lambda_the_command_says_so(aws, tmp_path, capsys):
    file = tmp_path / "event.json"
    file.write_text("{}")

    status = main(["echo", str(file), "--endpoint", f"{aws.invoke_url}/elsewhere"])

    assert status == 1
    assert "no Lambda answers at " in capsys.readouterr().err
