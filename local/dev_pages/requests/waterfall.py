"""Where the time of a request went: bars, from the moment it arrived until its last byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from local.kit.exchange import Call, Exchange
from local.kit.invocation import Invocation, Phase, Span

SHORTEST_QUEUE_MS = 0.5


@dataclass
class Bar:
    """One row; `begun_ms` counts from the request's arrival, `depth` is how far it is nested.

    `text` is what is shown when it is opened, such as a statement.
    """

    kind: str
    label: str
    begun_ms: float
    ms: float
    depth: int = 0
    note: str = ""
    text: str = ""

    @property
    def ended_ms(self) -> float:
        return self.begun_ms + self.ms


def bars_of(exchange: Exchange) -> list[Bar]:
    """Return the bars in the order in which they began."""
    call = exchange.call
    if call is None:
        return []
    bars = list(_bars(exchange, call))
    for bar in bars:
        bar.begun_ms -= exchange.arrived_at
    return bars


def _bars(exchange: Exchange, call: Call) -> Iterator[Bar]:
    """Bars whose `begun_ms` still counts from 1970."""
    yield _bar("gateway", "Gateway", exchange.arrived_at, call.asked_at, note="makes the event")
    invocation = call.invocation
    if invocation is None or not invocation.phases:
        ended_at = exchange.answered_at
        reason = call.refusal or "no answer"
        yield _bar("queue", "Queue", call.asked_at, ended_at, note=reason)
        return
    begun_at = invocation.phases[0].begun_at
    if begun_at - call.asked_at >= SHORTEST_QUEUE_MS:
        yield _bar("queue", "Queue", call.asked_at, begun_at, note="waits for a process")
    for phase in invocation.phases:
        yield from (
            _cold_start(phase, invocation)
            if phase.name == "cold start"
            else _run(phase, call.function, invocation)
        )
    ended_at = invocation.phases[-1].ended_at
    yield _bar("answer", "Answer", ended_at, exchange.answered_at, note=str(exchange.status))


def _cold_start(phase: Phase, invocation: Invocation) -> Iterator[Bar]:
    yield _bar("cold", "Cold start", phase.begun_at, phase.ended_at, note="a new process")
    init = next((span for span in invocation.spans if span["kind"] == "init"), None)
    if init is not None and init["begun_at"] >= phase.begun_at:
        import_note = "Python and all modules"
        yield _bar("cold", "Import", phase.begun_at, init["begun_at"], 1, import_note)
        yield _bar(
            "cold", "Init", init["begun_at"], phase.ended_at, 1, "settings, providers, routes"
        )


def _run(phase: Phase, function: str, invocation: Invocation) -> Iterator[Bar]:
    note = invocation.failure or "the invocation"
    yield _bar("function", f"Function {function}", phase.begun_at, phase.ended_at, note=note)
    spans = [span for span in invocation.spans if span["begun_at"] >= phase.begun_at]
    inner = [span for span in spans if span["kind"] != "init"]
    for index, span in enumerate(inner):
        yield _span_bar(span, inner[:index], inner[index + 1 :])


def _span_bar(span: Span, earlier: Sequence[Span], later: Sequence[Span]) -> Bar:
    depth = 1 + sum(_contains(other, span) for other in earlier)
    bar = _bar(span["kind"], "", span["begun_at"], span["begun_at"] + span.get("ms", 0.0), depth)
    match span["kind"]:
        case "handler":
            bar.label, bar.note = "Handler", "our code"
        case "authentication":
            bar.label = "Authentication"
            called = [other for other in later if _contains(span, other)]
            bar.note = "asks the provider" if called else "local"
        case "statement":
            bar.text = _tidy(span["text"])
            bar.label = "Statement"
            bar.note = _rows(span)
        case "connect":
            bar.label, bar.note = "Connection", "a new one to the database"
        case "call":
            address = urlsplit(span["url"])
            bar.label = f"{span['method']} {address.netloc}"
            bar.note = f"{address.path} answered {span.get('status', 'nothing')}"
        case kind:
            bar.label = str(kind).capitalize()
    if "error" in span:
        bar.note = f"failed: {span['error']}"
    return bar


def _rows(span: Span) -> str:
    read, changed = span.get("rows", 0), span.get("rows_changed", 0)
    is_read = span["text"].lstrip()[:6].upper() == "SELECT"
    shown = f"{read} row{'' if read == 1 else 's'}"
    if is_read:
        return shown
    by_whom = " by the first part" if span["text"].count(";") > 1 else ""
    return f"{shown}, {changed} changed{by_whom}"


def _tidy(statement: str) -> str:
    """Return the statement without the indent that its module gives it."""
    lines = [line.rstrip() for line in statement.strip("\n").splitlines()]
    indents = [len(line) - len(line.lstrip()) for line in lines if line]
    shortest = min(indents, default=0)
    return "\n".join(line[shortest:] for line in lines)


def _contains(outer: Span, inner: Span) -> bool:
    begun, ended = outer["begun_at"], outer["begun_at"] + outer.get("ms", 0.0)
    return bool(begun <= inner["begun_at"] <= ended)


def _bar(
    kind: str, label: str, begun_at: float, ended_at: float, depth: int = 0, note: str = ""
) -> Bar:
    return Bar(kind, label, begun_at, max(0.0, ended_at - begun_at), depth, note)
