"""template.yaml has somebody told of every failure, whatever functions there are."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from tests.unit.tagged_yaml import load_with_tags

TEMPLATE = Path(__file__).parents[2] / "template.yaml"
OWN_NAMESPACE = {"!Sub": "Latchkey/${AWS::StackName}"}

COMPARISON = re.compile(r'\$\.([\w.]+) (!?=) "([^"]*)"')


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return load_with_tags(TEMPLATE)


@pytest.fixture(scope="module")
def alarms(document) -> dict[str, dict[str, Any]]:
    """The properties of each alarm."""
    return {
        name: resource["Properties"]
        for name, resource in document["Resources"].items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


@pytest.fixture(scope="module")
def log_filter(document) -> dict[str, Any]:
    """The filter of the functions' log, which counts failures."""
    return dict(document["Resources"]["FailedInvocations"]["Properties"])


def matches(pattern: str, line: dict[str, Any]) -> bool:
    """Whether CloudWatch would count this line of the log.

    Covers what the template uses: `=` and `!=` on strings, `*`, `&&`, `||` and brackets. A field
    that is missing satisfies neither `=` nor `!=`.
    """
    compared = COMPARISON.sub(
        lambda found: str(_holds(line, *found.groups())), pattern.strip("{ }")
    )
    return bool(eval(compared.replace("&&", "and").replace("||", "or")))


def _holds(line: dict[str, Any], path: str, operator: str, value: str) -> bool:
    found: Any = line
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return isinstance(found, str) and fnmatchcase(found, value) == (operator == "=")


def report(status: str) -> dict[str, Any]:
    """Lambda's record of an invocation, as its JSON log has it."""
    return {"type": "platform.report", "record": {"requestId": "1", "status": status}}


def test_functions_the_api_and_lambda_itself_are_watched(alarms):
    watched = {name: (alarm["Namespace"], alarm["MetricName"]) for name, alarm in alarms.items()}

    assert watched == {
        "FailedInvocationsAlarm": (OWN_NAMESPACE, "FailedInvocations"),
        "UnhandledErrorsAlarm": ("Latchkey", "UnhandledErrors"),
        "ThrottlesAlarm": ("AWS/Lambda", "Throttles"),
        "ApiErrorsAlarm": ("AWS/ApiGateway", "5xx"),
    }


def test_no_alarm_is_for_one_function_alone(alarms):
    dimensions = {name: alarm.get("Dimensions") for name, alarm in alarms.items()}

    assert dimensions == dict.fromkeys(alarms) | {
        "ApiErrorsAlarm": [{"Name": "ApiId", "Value": {"!Ref": "Api"}}]
    }


def test_an_alarm_goes_off_at_the_first_failure_within_five_minutes(alarms):
    rules = [
        (alarm["Statistic"], alarm["Period"], alarm["ComparisonOperator"], alarm["Threshold"])
        for alarm in alarms.values()
    ]

    assert rules == [("Sum", 300, "GreaterThanThreshold", 0)] * len(alarms)


def test_an_alarm_tells_the_topic_and_is_quiet_when_nothing_was_counted(alarms):
    told = {"!If": ["HasAlarmTopic", [{"!Ref": "AlarmTopicArn"}], {"!Ref": "AWS::NoValue"}]}

    assert [alarm["AlarmActions"] for alarm in alarms.values()] == [told] * len(alarms)
    assert {alarm["TreatMissingData"] for alarm in alarms.values()} == {"notBreaching"}


def test_an_alarm_that_hears_of_other_stacks_says_so(alarms):
    assert "of the account and region" in alarms["UnhandledErrorsAlarm"]["AlarmDescription"]
    assert "in the account and region" in alarms["ThrottlesAlarm"]["AlarmDescription"]


def test_failures_are_counted_in_the_log_of_all_functions(document, log_filter):
    logging = document["Globals"]["Function"]["LoggingConfig"]

    assert log_filter["LogGroupName"] == logging["LogGroup"] == {"!Ref": "FunctionLogs"}
    assert logging["LogFormat"] == "JSON"
    assert "LoggingConfig" not in str(document["Resources"])


def test_each_failure_counts_as_one_in_the_metric_of_the_alarm(log_filter, alarms):
    [metric] = log_filter["MetricTransformations"]
    alarm = alarms["FailedInvocationsAlarm"]

    assert (metric["MetricNamespace"], metric["MetricName"]) == (
        alarm["Namespace"],
        alarm["MetricName"],
    )
    assert metric["MetricValue"] == "1"


@pytest.mark.parametrize("status", ["error", "failure", "timeout"])
def test_an_invocation_that_lambda_reports_as_failed_is_counted(log_filter, status):
    assert matches(log_filter["FilterPattern"], report(status))


def test_an_exception_that_reaches_lambda_is_counted(log_filter):
    line = {"level": "ERROR", "errorMessage": "no", "errorType": "ValueError", "stackTrace": []}

    assert matches(log_filter["FilterPattern"], line)


@pytest.mark.parametrize(
    "line",
    [
        report("success"),
        {"type": "platform.start", "record": {"requestId": "1", "version": "$LATEST"}},
        {"type": "platform.initReport", "record": {"phase": "init", "status": "success"}},
        {"level": "INFO", "status": 200, "code": None},
        {"level": "ERROR", "status": 503, "code": "database_unavailable"},
    ],
)
def test_a_line_that_is_no_failure_of_an_invocation_is_not_counted(log_filter, line):
    assert not matches(log_filter["FilterPattern"], line)
