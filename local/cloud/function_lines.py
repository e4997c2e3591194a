"""What a function has written, in lines for a person: its JSON as words, its tracebacks as such.

The log file has the lines themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

# What Lambda says of every invocation; what there is to know of it stands in the request's line.
OF_EVERY_INVOCATION = re.compile(r"(INIT_START|(START|END|REPORT) RequestId:) ")
PREFIX = re.compile(r"\[(ERROR|WARNING|INFO|DEBUG)\]\s+(?={)")  # of a runtime client's JSON
TIMED_OUT = re.compile(r"\S+ \S+ Task timed out after ")
# Members that say nothing to a person, or are shown in their own way.
NOT_SHOWN = frozenset(
    {"level", "log_level", "timestamp", "requestId", "request_id", "logger", "message", "crash"}
    | {"errorType", "errorMessage", "stackTrace", "location", "_aws", "UnhandledErrors"}
    | {"function", "method", "route", "status", "principal", "provider", "ms", "database_ms"}
    | {"upstream_ms", "cold_start"}
)


class Line(NamedTuple):
    """A line and how grave it is: a level's name, or "" for one that nobody has to look at."""

    text: str
    level: str = ""


def readable(text: str) -> list[Line]:
    """Return what a line of a function means; nothing where another line says it."""
    if OF_EVERY_INVOCATION.match(text):
        return []
    if TIMED_OUT.match(text):
        return [Line(text.partition(" ")[2].partition(" ")[2], "ERROR")]
    members = _members(PREFIX.sub("", text))
    if members is None:
        return [Line(text)]
    return [Line(_printable(line.text), line.level) for line in _lines(members)]


def _members(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    try:
        members = json.loads(text)
    except ValueError:
        return None
    return members if isinstance(members, dict) else None


def _lines(members: Mapping[str, Any]) -> Iterator[Line]:
    level = str(members.get("level") or members.get("log_level") or "")
    if not level and "errorType" in members:
        level = "ERROR"
    is_request = {"method", "route", "status"} <= members.keys()
    if not (is_request and level == "INFO"):  # the request's own line says it
        yield Line(" ".join([level, *_words(members)]).strip(), level)
    for line in _traceback(members):
        yield Line(line, level)


def _words(members: Mapping[str, Any]) -> Iterator[str]:
    """The message, or what happened; then what is known of it."""
    if members.get("message"):
        yield str(members["message"])
    if "errorType" in members:
        yield f"{members['errorType']}: {members.get('errorMessage', '')}"
    if {"method", "route", "status"} <= members.keys():
        yield f"{members['method']} {members['route']} {members['status']}"
    elif "status" in members:
        yield f"status={members['status']}"
    for name, value in members.items():
        if name not in NOT_SHOWN and value is not None:
            yield str(value) if name == "event" else f"{name}={value}"
    if "route" not in members and members.get("principal"):
        yield f"principal={members['principal']}"


def _traceback(members: Mapping[str, Any]) -> Iterator[str]:
    if members.get("crash"):
        yield from str(members["crash"]).splitlines()
    stack = members.get("stackTrace") or []
    for entry in stack if isinstance(stack, list) else [stack]:
        yield from str(entry).rstrip("\n").splitlines()


def _printable(text: str) -> str:
    """Without what a terminal would take as a command."""
    return "".join(sign if sign.isprintable() or sign == "\t" else "?" for sign in text)
