"""local/dev_pages/requests/waterfall.py: the bars of a request, and where each begins and ends."""

from __future__ import annotations

import pytest

from local.dev_pages.requests.waterfall import Bar, bars_of
from local.kit.exchange import Call, Exchange
from local.kit.invocation import Invocation, Phase, Span

BEGUN = 1_000_000.0


def span(kind: str, begun: float, ms: float, **details: object) -> Span:
    """A span that began so many milliseconds after the request."""
    return {"kind": kind, "begun_at": BEGUN + begun, "ms": ms, **details}


def exchange_with(
    *spans: Span, cold: bool = False, called_at: float = 1, run_at: float = 20
) -> Exchange:
    """A request that took 50 ms; its function began after `run_at` and ended after 45."""
    run = Phase("run", BEGUN + run_at, BEGUN + 45)
    start = Phase("cold start", BEGUN + 2, BEGUN + run_at)
    invocation = Invocation(
        request_id="1",
        payload=b"{}",
        function_error=None,
        log_tail=b"",
        phases=(start, run) if cold else (run,),
        spans=spans,
    )
    return Exchange(
        door=None,
        scope={},
        arrived_at=BEGUN,
        answered_at=BEGUN + 50,
        status=200,
        call=Call("get", b"{}", None, BEGUN + called_at, invocation),
    )


def bar(exchange: Exchange, label: str) -> Bar:
    return next(one for one in bars_of(exchange) if one.label == label)


def extent(exchange: Exchange, label: str) -> tuple[float, float]:
    found = bar(exchange, label)
    return found.begun_ms, found.ended_ms


def test_a_request_goes_from_the_gateway_by_the_function_to_the_answer() -> None:
    labels = [one.label for one in bars_of(exchange_with(called_at=20))]

    assert labels == ["Gateway", "Function get", "Answer"]


@pytest.mark.parametrize(
    ("label", "begin_and_end"),
    [("Gateway", (0, 1)), ("Queue", (1, 20)), ("Function get", (20, 45)), ("Answer", (45, 50))],
)
def test_each_part_begins_where_the_one_before_ends(
    label: str, begin_and_end: tuple[float, float]
) -> None:
    assert extent(exchange_with(), label) == begin_and_end


def test_a_cold_start_is_import_and_init() -> None:
    exchange = exchange_with(span("init", 12, 3), cold=True)

    assert extent(exchange, "Cold start") == (2, 20)
    assert extent(exchange, "Import") == (2, 12)
    assert extent(exchange, "Init") == (12, 20)


def test_a_start_that_an_earlier_warm_up_paid_for_is_not_shown() -> None:
    exchange = exchange_with(span("init", -500, 3))

    assert "Init" not in [one.label for one in bars_of(exchange)]


def test_a_statement_has_its_text_rows_and_time() -> None:
    text = "\n    SELECT id\n      FROM issues\n"
    exchange = exchange_with(span("statement", 30, 4.5, text=text, rows=2, rows_changed=2))

    found = bar(exchange, "Statement")
    assert (found.text, found.note, found.ms) == ("SELECT id\n  FROM issues", "2 rows", 4.5)


def test_a_write_tells_how_many_rows_it_changed() -> None:
    exchange = exchange_with(
        span("statement", 30, 4, text="DELETE FROM issues", rows=0, rows_changed=1)
    )

    assert bar(exchange, "Statement").note == "0 rows, 1 changed"


def test_a_batch_of_several_writes_tells_what_its_first_one_changed() -> None:
    text = "UPDATE users; INSERT INTO users; SELECT id FROM users"
    exchange = exchange_with(span("statement", 30, 4, text=text, rows=2, rows_changed=0))

    assert bar(exchange, "Statement").note == "2 rows, 0 changed by the first part"


def test_authentication_without_a_call_is_local() -> None:
    assert bar(exchange_with(span("authentication", 25, 1)), "Authentication").note == "local"


def test_authentication_with_a_call_asks_the_provider() -> None:
    call = span(
        "call",
        26,
        5,
        method="POST",
        url="http://127.0.0.1:8889/v1/sessions/authenticate",
        status=200,
    )
    exchange = exchange_with(span("authentication", 25, 8), call)

    asked = bar(exchange, "POST 127.0.0.1:8889")
    assert bar(exchange, "Authentication").note == "asks the provider"
    assert (asked.note, asked.depth) == ("/v1/sessions/authenticate answered 200", 2)


def test_what_failed_says_so() -> None:
    exchange = exchange_with(span("connect", 25, 1, error="OperationalError"))

    assert bar(exchange, "Connection").note == "failed: OperationalError"


def test_a_call_that_was_refused_waits_until_it_is_answered() -> None:
    exchange = exchange_with()
    exchange.call = Call("get", b"{}", None, BEGUN + 1, None, "TooManyRequestsException")

    assert extent(exchange, "Queue") == (1, 50)
    assert bar(exchange, "Queue").note == "TooManyRequestsException"
