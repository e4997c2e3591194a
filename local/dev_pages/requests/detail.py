"""The HTML of one request: facts, what can be done with it, the waterfall, and its texts."""

from __future__ import annotations

import json

from local.dev_pages.markup import Html, el, join
from local.dev_pages.requests.chart import chart
from local.dev_pages.requests.facts import Facts
from local.dev_pages.requests.listing import NOBODY, cold_mark, status_chip
from local.dev_pages.requests.masking import (
    masked,
    masked_header,
    masked_text,
    plain_client_context,
)
from local.dev_pages.requests.waterfall import bars_of
from local.dev_pages.times import clock_time
from local.kit.exchange import Call, Exchange, Headers

TOO_LARGE = "(too large to be kept)"
NOTE = "Passwords, tokens and cookies are masked here. The copies have them."


def detail(exchange: Exchange, facts: Facts) -> Html:
    """Write the whole content of the page."""
    bars = bars_of(exchange)
    return join(
        _facts(exchange, facts),
        _actions(exchange),
        el("section", el("h2", "Waterfall", id="waterfall"), chart(bars, exchange.ms)),
        el("p", NOTE, class_="muted"),
        *(_inside(exchange.call) if exchange.call else ()),
        _answer(exchange),
    )


def _facts(exchange: Exchange, facts: Facts) -> Html:
    invocation = exchange.call.invocation if exchange.call else None
    rows = [
        ("Answer", join(status_chip(facts), f" {facts.code}" if facts.code else "")),
        ("Took", join(f"{facts.ms:,.1f} ms", cold_mark(facts))),
        ("Function", join(facts.function, f" ({facts.route})" if facts.route else "")),
        ("Person", join(facts.person or NOBODY)),
        ("Through", join(facts.door)),
        ("At", clock_time(facts.arrived_at)),
        ("Request id", el("code", invocation.request_id if invocation else "none")),
    ]
    return el(
        "dl",
        *(el("div", el("dt", name), el("dd", value)) for name, value in rows),
        class_="facts card",
    )


def _actions(exchange: Exchange) -> Html:
    path = f"/_dev/requests/{exchange.id}"
    again = el(
        "form",
        el("button", "Send again", disabled=not exchange.can_be_repeated),
        method="post",
        action=f"{path}/again",
    )
    return el(
        "div",
        again,
        _copy("Copy as curl", f"{path}/curl"),
        _copy("Copy as event file", f"{path}/event.json"),
        el("a", "All requests", class_="button secondary", href="/_dev/requests"),
        class_="actions",
    )


def _copy(label: str, path: str) -> Html:
    """A link to the text; the script makes it copy."""
    return el("a", label, class_="button secondary", href=path, data_copies=True)


def _inside(call: Call) -> tuple[Html | None, ...]:
    context = plain_client_context(call.client_context)
    lines = call.invocation.log_lines if call.invocation else ()
    return (
        _text("Event", _json(masked(_parsed(call.payload))) if call.payload else TOO_LARGE),
        _text("Client context", _json(masked(context))) if context is not None else None,
        _text("Log", "\n".join(map(masked_text, lines)) or "The function wrote nothing."),
    )


def _answer(exchange: Exchange) -> Html:
    headers = "\n".join(
        f"{name}: {masked_header(name, value)}" for name, value in exchange.answer_headers
    )
    return _text("Answer", f"{exchange.status}\n{headers}\n\n{_body(exchange)}".rstrip())


def _body(exchange: Exchange) -> str:
    kept = bytes(exchange.answer_body)
    if len(kept) < exchange.answer_size:
        return f"({exchange.answer_size:,} bytes, too many to be kept)"
    if not _is_text(exchange.answer_headers):
        return f"({exchange.answer_size:,} bytes that are no text)" if kept else ""
    parsed = _parsed(kept)
    return masked_text(parsed) if isinstance(parsed, str) else _json(masked(parsed))


def _is_text(headers: Headers) -> bool:
    kind = dict(headers).get("content-type", "text/plain")
    return kind.startswith("text/") or "json" in kind or "javascript" in kind


def _parsed(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text.decode(errors="replace")


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _text(title: str, text: str) -> Html:
    """A text that scrolls by itself, with the keyboard too."""
    name = title.lower().replace(" ", "-")
    region = el("pre", text, tabindex=0, role="region", aria_labelledby=name)
    return el("section", el("h2", title, id=name), region, class_="text")
