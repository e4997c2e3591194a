"""benchmarks/on_aws.py: what Lambda reports, read from CloudWatch as moto imitates it."""

from __future__ import annotations

import json
import time

import boto3
import pytest
from moto import mock_aws

from benchmarks import on_aws

GROUP = "latchkey-functions"
STREAM = "2026/11/27/latchkey-get[$LATEST]0123"
TEXT = (
    "REPORT RequestId: 7d1c9c1e\tDuration: {duration} ms\tBilled Duration: 9 ms\t"
    "Memory Size: 512 MB\tMax Memory Used: 60 MB\t{init}"
)


def in_json(duration, **more):
    metrics = {"durationMs": duration, "billedDurationMs": 9, **more}
    return json.dumps({"type": "platform.report", "record": {"metrics": metrics}})


@pytest.fixture
def printed(monkeypatch, capsys):
    """What the command prints about a log group with these lines."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")

    def run(*lines):
        with mock_aws():
            logs = boto3.client("logs")
            logs.create_log_group(logGroupName=GROUP)
            logs.create_log_stream(logGroupName=GROUP, logStreamName=STREAM)
            now = int(time.time() * 1000)
            events = [{"timestamp": now, "message": line} for line in lines]
            logs.put_log_events(logGroupName=GROUP, logStreamName=STREAM, logEvents=events)
            on_aws.main([GROUP])
        return capsys.readouterr().out.splitlines()

    return run


def test_starts_and_warm_requests_are_told_apart_with_moto(printed):
    lines = printed(
        in_json(24.0, initDurationMs=201.5), *(in_json(float(ms)) for ms in range(1, 101))
    )

    assert lines[0].split() == on_aws.HEADING
    assert lines[1].split() == ["latchkey-get", "1", "201.5", "24.0", "100", "50.5", "99.0"]


def test_reports_in_text_are_read_with_moto(printed):
    lines = printed(
        TEXT.format(duration=30.25, init="Init Duration: 180.00 ms\t"),
        TEXT.format(duration=2.5, init=""),
    )

    assert lines[1].split() == ["latchkey-get", "1", "180.0", "30.2", "1", "2.5", "2.5"]


def test_other_lines_of_the_log_are_passed_over_with_moto(printed):
    lines = printed('{"level": "INFO", "status": 200}', "not JSON", "[1]", in_json(3.0))

    assert lines[1].split() == ["latchkey-get", "0", "-", "-", "1", "3.0", "3.0"]
