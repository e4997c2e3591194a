"""`python -m benchmarks.on_aws LOG_GROUP`: what the functions of a deployed site took.

    python -m benchmarks.on_aws LOG_GROUP --url https://latchkey.example/api/health

With `--url`, it first sends so many requests, one after the other. Then it reads the report that
Lambda writes for each invocation of the last minutes (the platform's `platform.report`; with
`LogFormat: Text` the `REPORT` line), and prints, by function: cold starts with their median init
time and first answer, and the 50th and 99th percentile of the warm ones. Milliseconds.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from benchmarks.table import table

MOST_REQUESTS = 1_000
REPORT_SECONDS = 20  # until CloudWatch shows the last of them
TEXT = re.compile(
    r"REPORT RequestId: \S+\s+Duration: (?P<duration>[\d.]+) ms.*?"
    r"(?:Init Duration: (?P<init>[\d.]+) ms|$)",
    re.DOTALL,
)
HEADING = ["function", "cold", "init", "first", "warm", "p50", "p99"]


class Report(NamedTuple):
    """One invocation: milliseconds of its own, and of the start before it, if there was one."""

    function: str
    duration: float
    init: float | None


def main(arguments: Sequence[str] | None = None) -> None:
    """Send requests where they are asked for, and print the table."""
    import boto3  # not among what the other benchmarks need

    options = _parse(arguments)
    since = time.time() - options.minutes * 60
    if options.url:
        since = time.time()
        send(options.url, options.requests)
        time.sleep(REPORT_SECONDS)
    print(summary(read_reports(boto3.client("logs"), options.log_group, since)))


def send(url: str, requests: int) -> None:
    """Send so many requests, one after the other."""
    for _ in range(requests):
        with urllib.request.urlopen(url, timeout=30) as answer:
            answer.read()


def read_reports(logs: Any, log_group: str, since: float) -> list[Report]:
    """The reports in a log group since then (seconds since 1970)."""
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=log_group, startTime=int(since * 1000)
    )
    events = [event for page in pages for event in page["events"]]
    found = (_report(event["logStreamName"], event["message"]) for event in events)
    return [report for report in found if report]


def summary(reports: Iterable[Report]) -> str:
    """A table with a line for each function; a dash where there is nothing to say."""
    by_function: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_function[report.function].append(report)
    return table(HEADING, [_row(name, found) for name, found in sorted(by_function.items())])


def _row(name: str, reports: Sequence[Report]) -> list[str]:
    cold = [(report.init, report.duration) for report in reports if report.init is not None]
    warm = [report.duration for report in reports if report.init is None]
    return [
        name,
        str(len(cold)),
        _median([init for init, _ in cold]),
        _median([first for _, first in cold]),
        str(len(warm)),
        _percentile(warm, 50),
        _percentile(warm, 99),
    ]


def _median(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.1f}" if values else "-"


def _percentile(values: Sequence[float], percent: int) -> str:
    if len(values) < 2:
        return _median(values)
    return f"{statistics.quantiles(values, n=100, method='inclusive')[percent - 1]:.1f}"


def _report(stream: str, message: str) -> Report | None:
    """The report in a line of the log; None for other lines.

    Streams of a group that several functions share are named `2026/11/27/latchkey-get[$LATEST]…`.
    """
    function = stream.rpartition("/")[2].partition("[")[0] or "function"
    if found := TEXT.match(message):
        init = found["init"]
        return Report(function, float(found["duration"]), float(init) if init else None)
    try:
        line = json.loads(message)
    except ValueError:
        return None
    if not isinstance(line, dict) or line.get("type") != "platform.report":
        return None
    metrics = line["record"]["metrics"]
    return Report(function, metrics["durationMs"], metrics.get("initDurationMs"))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.on_aws", description=__doc__)
    parser.add_argument("log_group", metavar="LOG_GROUP")
    parser.add_argument("--url", help="an address to send requests to, such as …/api/health")
    parser.add_argument("--requests", type=_count, default=100, help=f"at most {MOST_REQUESTS}")
    parser.add_argument("--minutes", type=float, default=60, help="how far back, without --url")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) <= MOST_REQUESTS):
        raise argparse.ArgumentTypeError(f"must be a number from 1 to {MOST_REQUESTS}")
    return int(text)


if __name__ == "__main__":
    main()
