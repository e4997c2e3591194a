"""The HTML of the list of requests, newest first, and of its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from local.dev_pages.markup import Html, el, join
from local.dev_pages.requests.facts import Facts
from local.dev_pages.times import clock_time

FILTERS: Mapping[str, str] = {"function": "Function", "status": "Status", "person": "Person"}
NOBODY = "nobody"
NONE_YET = "No requests yet. Use the site, or call a function: each request appears here at once."


def listing(all_facts: Iterable[Facts], chosen: Mapping[str, str]) -> Html:
    """Write the filters, with the values that occur, and the requests that pass them."""
    facts = list(all_facts)
    shown = [one for one in facts if _passes(one, chosen)]
    return el(
        "div",
        _filters(facts, chosen),
        el("p", _count(len(shown), len(facts)), class_="muted count"),
        _table(shown) if shown else el("p", _empty(facts), class_="empty"),
        id="requests",
        data_live="requests",
    )


def _passes(facts: Facts, chosen: Mapping[str, str]) -> bool:
    return all(_values(facts)[name] == value for name, value in chosen.items() if value)


def _values(facts: Facts) -> dict[str, str]:
    return {
        "function": facts.function,
        "status": facts.status_class,
        "person": facts.person or NOBODY,
    }


def _filters(facts: Sequence[Facts], chosen: Mapping[str, str]) -> Html:
    occurring = [_values(one) for one in facts]
    fields = [
        _filter(name, label, sorted({values[name] for values in occurring}), chosen[name])
        for name, label in FILTERS.items()
    ]
    clear = el("a", "Show all", href="/_dev/requests") if any(chosen.values()) else None
    submit = el("button", "Filter", class_="secondary small")
    return el("form", *fields, submit, clear, class_="filters", data_submits_itself=True)


def _filter(name: str, label: str, values: Sequence[str], chosen: str) -> Html:
    known = [*values, *([chosen] if chosen and chosen not in values else [])]
    options = [el("option", value, value=value, selected=value == chosen) for value in known]
    anything = el("option", "all", value="")
    select = el("select", anything, *options, name=name, id=f"filter-{name}")
    return el("label", el("span", label), select)


def _count(shown: int, known: int) -> str:
    if shown == known:
        return f"{known} request{'' if known == 1 else 's'}, newest first"
    return f"{shown} of {known} requests, newest first"


def _empty(facts: Sequence[Facts]) -> str:
    return "No request passes this filter." if facts else NONE_YET


def _table(facts: Iterable[Facts]) -> Html:
    titles = ("Status", "Request", "Took", "At")
    head = el("thead", el("tr", *(el("th", title, scope="col") for title in titles)))
    return el("table", head, el("tbody", *map(_row, facts)), class_="requests")


def _row(facts: Facts) -> Html:
    link = el(
        "a",
        el("strong", facts.method),
        f" {facts.path}",
        href=f"/_dev/requests/{facts.id}",
        id=f"request-{facts.id}",
    )
    about = [facts.function, facts.person or NOBODY, facts.door, facts.code]
    return el(
        "tr",
        el("td", status_chip(facts)),
        el("td", link, el("span", " · ".join(filter(None, about)), class_="muted about")),
        el("td", f"{facts.ms:,.0f} ms", cold_mark(facts), class_="number"),
        el("td", clock_time(facts.arrived_at), class_="number at"),
    )


def status_chip(facts: Facts) -> Html:
    """Write the status as a chip in the colour of its class."""
    return el("span", str(facts.status or "none"), class_=f"chip status-{facts.status_class}")


def cold_mark(facts: Facts) -> Html | None:
    """Mark a request that had to wait for a new process."""
    return join(" ", el("span", "cold", class_="chip cold")) if facts.is_cold else None
