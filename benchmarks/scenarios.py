"""The four requests that everybody answers, by both kinds of token, and the answers compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.contenders import Contender

Event = dict[str, Any]
Answer = dict[str, Any]

NEW_ISSUE = {"title": "Paint the fence"}
LISTED = "done"  # none of the issues that are created here
OF_THE_MOMENT = ("id", "created_at", "updated_at")


@dataclass(frozen=True)
class Scenario:
    name: str
    method: str
    path: str
    status: int
    limit: int | None = None


LIST_10 = Scenario("list of 10", "GET", "/api/issues", 200, limit=10)
LIST_50 = Scenario("list of 50", "GET", "/api/issues", 200, limit=50)
CREATE = Scenario("create", "POST", "/api/issues", 201)
ME = Scenario("me", "GET", "/api/me", 200)
SCENARIOS = (LIST_10, LIST_50, CREATE, ME)
LISTS = (LIST_10, LIST_50)


def calls_of(
    scenarios: Sequence[Scenario], contender: Contender, token: str
) -> list[dict[str, Any]]:
    """For each scenario the module of the contender's handler, and its event."""
    return [
        {
            "name": one.name,
            "module": contender.module_for(one.method),
            "event": event_for(one, contender, token),
        }
        for one in scenarios
    ]


def event_for(scenario: Scenario, contender: Contender, token: str) -> Event:
    """The request, as the gateway that the contender knows sends it."""
    body = json.dumps(NEW_ISSUE) if scenario.method == "POST" else None
    query = {"status": LISTED, "limit": str(scenario.limit)} if scenario.limit else {}
    headers = {
        "accept": "application/json",
        "authorization": f"Bearer {token}",
        "content-type": "application/json",
        "host": "abcde12345.execute-api.eu-central-1.amazonaws.com",
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "x-amzn-trace-id": "Root=1-692089f0-4f1c2d3e5a6b7c8d9e0f1a2b",
        "x-forwarded-for": "192.0.2.17",
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    }
    common = {"headers": headers, "body": body, "isBase64Encoded": False}
    form = _rest if contender.speaks_rest else _http
    return {**common, **form(scenario, query, headers)}


def complaint(scenario: Scenario, answer: Answer, expected: Any) -> str | None:
    """What is wrong with an answer; None where its status and its JSON are as expected."""
    if answer["statusCode"] != scenario.status:
        return f"status {answer['statusCode']}: {answer.get('body')}"
    content = comparable(answer)
    return None if content == expected else f"{content} and not {expected}"


def comparable(answer: Answer) -> Any:
    """The JSON of an answer, without what is new at each creation."""
    content = json.loads(answer["body"])
    if isinstance(content, dict) and "message" in content:
        return {name: value for name, value in content.items() if name not in OF_THE_MOMENT}
    return content


def _http(scenario: Scenario, query: Mapping[str, str], headers: Mapping[str, str]) -> Event:
    """HTTP API, payload format 2.0."""
    http = {
        "method": scenario.method,
        "path": scenario.path,
        "protocol": "HTTP/1.1",
        "sourceIp": "192.0.2.17",
        "userAgent": headers["user-agent"],
    }
    return {
        "version": "2.0",
        "routeKey": f"ANY {scenario.path}",
        "rawPath": scenario.path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "queryStringParameters": dict(query),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abcde12345",
            "domainName": headers["host"],
            "http": http,
            "requestId": "UaZt3hX1FiAEJlw=",
            "routeKey": f"ANY {scenario.path}",
            "stage": "$default",
        },
    }


def _rest(scenario: Scenario, query: Mapping[str, str], headers: Mapping[str, str]) -> Event:
    """REST API, payload format 1.0."""
    return {
        "resource": scenario.path,
        "path": scenario.path,
        "httpMethod": scenario.method,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "fghij67890",
            "httpMethod": scenario.method,
            "identity": {"sourceIp": "192.0.2.17", "userAgent": headers["user-agent"]},
            "path": scenario.path,
            "requestId": "7d1c9c1e-6f0e-4c0a-9d5c-2b1e8a7f6d43",
            "resourcePath": scenario.path,
            "stage": "live",
        },
    }
