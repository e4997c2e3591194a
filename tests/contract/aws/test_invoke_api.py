"""The Invoke API as boto3 sees it. Source: AWS Lambda API reference, Invoke."""

from __future__ import annotations

import base64
import json
import sys

import pytest
import requests
from botocore.exceptions import ClientError


@pytest.fixture
def aws(lasting_aws):
    return lasting_aws


def client_context(document: object) -> str:
    return base64.b64encode(json.dumps(document).encode()).decode()


def refusal(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    response = error.value.response
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]


def test_a_function_is_invoked_by_its_short_name(aws):
    response = aws.invoke("echo", {"title": "Grüße"})

    assert response["StatusCode"] == 200
    assert response["Payload"]["event"] == {"title": "Grüße"}
    assert "FunctionError" not in response


@pytest.mark.parametrize(
    "name",
    [
        "EchoFunction",
        "echo:$LATEST",
        "arn:aws:lambda:us-east-1:123456789012:function:echo",
        "123456789012:function:echo",
    ],
)
def test_a_function_is_invoked_by_every_form_of_its_name(aws, name):
    assert aws.invoke(name)["Payload"]["event"] == {}


def test_an_invocation_without_payload_gives_the_function_an_empty_object(aws):
    response = aws.client.invoke(FunctionName="echo")

    assert json.loads(response["Payload"].read())["event"] == {}


def test_the_executed_version_is_the_newest(aws):
    assert aws.invoke("echo")["ExecutedVersion"] == "$LATEST"


def test_the_request_id_of_the_response_is_the_one_that_the_function_sees(aws):
    response = aws.invoke("echo")

    assert response["ResponseMetadata"]["RequestId"] == response["Payload"]["request_id"]


def test_the_client_context_reaches_the_function(aws):
    context = client_context({"custom": {"netlify": "eyJ1c2VyIjp7fX0="}})

    response = aws.invoke("echo", ClientContext=context)

    assert response["Payload"]["custom"] == {"netlify": "eyJ1c2VyIjp7fX0="}


def test_a_client_context_with_line_breaks_and_umlauts_reaches_the_function(aws):
    text = json.dumps({"custom": {"name": "Ärger"}}, indent=2, ensure_ascii=False)
    context = base64.b64encode(text.encode()).decode()

    assert aws.invoke("echo", ClientContext=context)["Payload"]["custom"] == {"name": "Ärger"}


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="AWS's own client cannot send half a pair from 3.12 on"
)
def test_a_client_context_with_half_a_surrogate_pair_reaches_the_function(aws):
    context = client_context({"custom": {"name": "\ud800"}})

    assert aws.invoke("echo", ClientContext=context)["Payload"]["custom"] == {"name": "\ud800"}


def test_a_client_context_of_the_largest_size_is_accepted(aws):
    largest = base64.b64encode(b'{"custom":{"a":"' + b"x" * 2666 + b'"}}').decode()
    assert len(largest) == 3580

    assert len(aws.invoke("echo", ClientContext=largest)["Payload"]["custom"]["a"]) == 2666


@pytest.mark.parametrize(
    "context",
    [
        base64.b64encode(b'{"custom":{"a":"' + b"x" * 2668 + b'"}}').decode(),
        "not base64!",
        base64.b64encode(b"not json").decode(),
        base64.b64encode(b'["a list"]').decode(),
        base64.b64encode(b"\xff\xfe").decode(),
    ],
    ids=["too large", "not base64", "not JSON", "not an object", "not UTF-8"],
)
def test_a_bad_client_context_is_refused(aws, context):
    with pytest.raises(ClientError) as error:
        aws.invoke("echo", ClientContext=context)

    assert refusal(error) == ("InvalidRequestContentException", 400)


def test_the_log_tail_is_given_when_asked_for(aws):
    response = aws.invoke("misbehave", {"how": "print", "text": "a line"}, LogType="Tail")

    tail = base64.b64decode(response["LogResult"]).decode()
    assert "\na line\n" in tail


def test_the_log_tail_is_not_given_unasked(aws):
    assert "LogResult" not in aws.invoke("echo")


def test_the_log_tail_holds_the_last_four_kilobytes(aws):
    event = {"how": "print", "text": "first " + "x" * 5000}

    response = aws.invoke("misbehave", event, LogType="Tail")

    tail = base64.b64decode(response["LogResult"])
    assert len(tail) == 4096
    assert b"REPORT RequestId: " in tail
    assert b"first" not in tail


def test_an_event_invocation_is_accepted_and_runs_in_the_background(aws):
    response = aws.invoke(
        "misbehave", {"how": "print", "text": "in the background"}, InvocationType="Event"
    )

    assert response["StatusCode"] == 202
    assert aws.logs_soon("misbehave", "in the background")


def test_a_dry_run_runs_nothing(aws):
    response = aws.invoke("background", InvocationType="DryRun")

    assert response["StatusCode"] == 204
    assert aws.log("background") == []


def test_an_unknown_invocation_type_is_refused(aws):
    with pytest.raises(ClientError) as error:
        aws.invoke("echo", InvocationType="Sometimes")

    assert refusal(error) == ("InvalidParameterValueException", 400)


@pytest.mark.parametrize("kind", ["RequestResponse", "Event", "DryRun"])
def test_an_unknown_function_is_not_found(aws, kind):
    with pytest.raises(aws.client.exceptions.ResourceNotFoundException) as error:
        aws.invoke("nonesuch", InvocationType=kind)

    assert error.value.response["Error"]["Message"] == "Function not found: nonesuch"


def test_an_alias_that_was_never_made_is_not_found(aws):
    with pytest.raises(aws.client.exceptions.ResourceNotFoundException):
        aws.client.invoke(FunctionName="echo", Qualifier="live")


def test_a_name_that_no_function_can_have_is_refused(aws):
    with pytest.raises(ClientError) as error:
        aws.invoke("no such function!")

    assert refusal(error) == ("InvalidParameterValueException", 400)


def test_a_payload_that_is_not_json_is_refused(aws):
    with pytest.raises(aws.client.exceptions.InvalidRequestContentException):
        aws.client.invoke(FunctionName="echo", Payload=b"{not json")


def test_a_payload_above_six_megabytes_is_refused(aws):
    payload = json.dumps("x" * (6 * 1024 * 1024))

    with pytest.raises(aws.client.exceptions.RequestTooLargeException):
        aws.client.invoke(FunctionName="echo", Payload=payload)


def test_an_event_payload_above_one_megabyte_is_refused(aws):
    payload = json.dumps("x" * (1024 * 1024))

    with pytest.raises(aws.client.exceptions.RequestTooLargeException):
        aws.client.invoke(FunctionName="echo", Payload=payload, InvocationType="Event")


def test_a_chunked_payload_is_limited_as_well(aws):
    url = f"{aws.invoke_url}/2015-03-31/functions/echo/invocations"

    response = requests.post(url, data=iter([b" " * (6 * 1024 * 1024), b"{}"]), timeout=20)

    assert response.status_code == 413
    assert response.headers["x-amzn-errortype"] == "RequestTooLargeException"


def test_a_result_above_six_megabytes_is_a_function_error(aws):
    response = aws.invoke("misbehave", {"how": "flood"})

    assert response["FunctionError"] == "Unhandled"
    assert response["Payload"]["errorType"] == "Function.ResponseSizeTooLarge"
