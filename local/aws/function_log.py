"""A function's log: its standard streams line by line, between the platform's own lines.

The lines START, END, REPORT and INIT_START are written as the AWS Lambda Developer Guide shows
them ("View CloudWatch logs for Python functions").
"""

from __future__ import annotations

import asyncio
import json
import math
import os
from collections import deque
from collections.abc import Callable

from local.kit.invocation import Span

# How much of an invocation's log the Invoke API returns with LogType=Tail.
TAIL_BYTES = 4096
READ_BYTES = 65536
MOST_LINES = 1000
SPANS_LINE = b'{"level": "DEBUG", "request_id": '


class FunctionLog:
    """Reads what a function process writes to `write_end` and passes on whole lines."""

    def __init__(self, sink: Callable[[str], None]) -> None:
        self._sink = sink
        self._tail = bytearray()
        self._lines: deque[str] = deque(maxlen=MOST_LINES)
        self._spans: list[Span] = []
        self._unfinished = bytearray()
        self._read_end, self.write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        asyncio.get_running_loop().add_reader(self._read_end, self.drain)

    def line(self, text: str) -> None:
        """Write a line of the platform's own, after all that the function has written so far."""
        self.drain()
        self._end_line()
        self._keep(text.encode())

    def drain(self) -> None:
        """Pass on what is in the pipe now, without waiting for more."""
        while chunk := self._read():
            self._unfinished += chunk
            *lines, rest = self._unfinished.split(b"\n")
            self._unfinished = bytearray(rest)
            for line in lines:
                self._keep(bytes(line))

    def take_tail(self) -> bytes:
        """Return the last 4 KB since the previous call."""
        tail = bytes(self._tail[-TAIL_BYTES:])
        self._tail.clear()
        return tail

    def take_lines(self) -> tuple[str, ...]:
        """Return the last lines since the previous call, the platform's own too."""
        lines = tuple(self._lines)
        self._lines.clear()
        return lines

    def take_spans(self) -> tuple[Span, ...]:
        """Return what the function has reported since the previous call; that is no log line."""
        spans = tuple(self._spans)
        self._spans.clear()
        return spans

    def close(self) -> None:
        self.drain()
        self._end_line()
        asyncio.get_running_loop().remove_reader(self._read_end)
        os.close(self._read_end)

    def _read(self) -> bytes:
        try:
            chunk = os.read(self._read_end, READ_BYTES)
        except BlockingIOError:
            return b""
        if not chunk:  # every writer is gone: an open reader would be called for ever
            asyncio.get_running_loop().remove_reader(self._read_end)
        return chunk

    def _end_line(self) -> None:
        if self._unfinished:
            self._keep(bytes(self._unfinished))
            self._unfinished.clear()

    def _keep(self, line: bytes) -> None:
        if spans := _reported_spans(line):
            self._spans.extend(spans)
            return
        self._tail += line + b"\n"
        del self._tail[:-TAIL_BYTES]
        for part in line.decode(errors="replace").rstrip("\r").split("\r"):
            self._lines.append(part)
            self._sink(part)  # the runtime client puts \r between the lines of one record


def _reported_spans(line: bytes) -> list[Span]:
    """The spans in a line of `shared/spans.py`; none in any other."""
    if not line.startswith(SPANS_LINE):
        return []
    try:
        spans: list[Span] = json.loads(line).get("spans", [])
    except ValueError:
        return []
    return spans


def init_start_line(version: str) -> str:
    return f"INIT_START Runtime Version: python:{version}"


def start_line(request_id: str, version: str) -> str:
    return f"START RequestId: {request_id} Version: {version}"


def end_line(request_id: str) -> str:
    return f"END RequestId: {request_id}"


def billed_ms(duration_ms: float, init_ms: float | None) -> int:
    """Return whole milliseconds; initialisation is billed too (AWS, since August 2025)."""
    return math.ceil(duration_ms + (init_ms or 0.0))


def report_line(
    request_id: str, duration_ms: float, init_ms: float | None, memory_mb: int, used_mb: int
) -> str:
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {duration_ms:.2f} ms",
        f"Billed Duration: {billed_ms(duration_ms, init_ms)} ms",
        f"Memory Size: {memory_mb} MB",
        f"Max Memory Used: {used_mb} MB",
    ]
    if init_ms is not None:
        fields.append(f"Init Duration: {init_ms:.2f} ms")
    return "\t".join(fields)
