"""The parts of `make test-security`: each runs one of the matrices, and says what came out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import NamedTuple, TypeVar

from tests.security import (
    credential_matrix,
    described_requests,
    fault_matrix,
    killed_database,
    raw_events,
    slow_services,
)
from tests.security.report import table
from tests.security.services import services_of
from tests.security.site import FACES, Site
from tests.support.running_cloud import RunningCloud

FAULT_WORKERS = 24
REQUESTS_EACH = 70  # for each operation, in each of two modes
EVENTS = 4000
KILLS = 3

T = TypeVar("T", credential_matrix.Outcome, fault_matrix.Outcome)


class Report(NamedTuple):
    """A part's table, its lines of the totals, and what went wrong."""

    title: str
    table: str
    totals: list[tuple[str, str]]
    wrong: list[str]


def credentials(cloud: RunningCloud, _seed: int) -> Report:
    """The credential matrix."""
    with closing(Site(cloud)) as site:
        outcomes = list(credential_matrix.run(site, credential_matrix.all_cells()))
    by_route = _grouped(outcomes, lambda one: one.cell.operation.title)
    head = ["route", *(f"{face}: right of tried" for face in FACES)]
    rows = [
        [route, *(_right([one for one in some if one.cell.face == face]) for face in FACES)]
        for route, some in by_route.items()
    ]
    return Report(
        "Credentials",
        table(head, rows),
        [("credential cells right, of tried", _right(outcomes))],
        [
            f"{one.cell.title}: expected {_told(one.expected)}, answered {_told(one.answered)}"
            for one in outcomes
            if not one.is_right
        ],
    )


def faults(cloud: RunningCloud, _seed: int) -> Report:
    """The fault matrix."""
    first = list(fault_matrix.run(cloud, fault_matrix.all_cells(), FAULT_WORKERS))
    again = fault_matrix.second_tries(cloud, first)
    outcomes = [again.get(one.cell.title, one) for one in first]
    by_fault = _grouped(outcomes, lambda one: one.cell.fault)
    rows = [[fault, _right(some), f"{_slowest(some):.1f} s"] for fault, some in by_fault.items()]
    routes = {one.cell.operation.title for one in outcomes}
    return Report(
        "Faults",
        table(["fault", "right of tried", "slowest answer"], rows),
        [
            ("faults, routes", f"{len(by_fault)}, {len(routes)}"),
            ("fault cells right, of tried", _right(outcomes)),
            ("of these, tried a second time, alone", str(len(again))),
            (
                f"slowest answer of all fault cells (timeout {outcomes[0].timeout_seconds:.0f} s)",
                f"{_slowest(outcomes):.1f} s",
            ),
        ],
        [
            f"{one.cell.title}: expected {_told(one.expected)}, answered "
            f"{_told(one.result.answered)} after {one.result.seconds:.1f} s"
            for one in outcomes
            if not one.is_right
        ],
    )


def slow(_cloud: RunningCloud, _seed: int) -> Report:
    """Slow services, in clouds of its own whose functions have three seconds."""
    tried = slow_services.run()
    right = f"{tried.cells - len(tried.wrong)} of {tried.cells}"
    return Report(
        "Slow services of a running cloud",
        table(["right of tried"], [[right]]),
        [("cells of a running cloud with slow services right, of tried", right)],
        tried.wrong,
    )


def requests(cloud: RunningCloud, seed: int) -> Report:
    """What Schemathesis makes of the description."""
    with closing(Site(cloud)) as site:
        tried = list(described_requests.run(site, REQUESTS_EACH, seed))
    faults = [
        f"{one.operation}: {fault.what}\n{fault.request}" for one in tried for fault in one.faults
    ]
    rows = [[one.operation, one.cases, _statuses(one.statuses)] for one in tried]
    cases = sum(one.cases for one in tried)
    return Report(
        "Requests by the description",
        table(["route", "requests", "answers"], rows),
        [("requests by Schemathesis, with a wrong answer", f"{cases}, {len(faults)}")],
        faults,
    )


def events(cloud: RunningCloud, seed: int) -> Report:
    """Raw events by Hypothesis."""
    tried = raw_events.run(services_of(cloud), EVENTS, seed)
    statuses = sum((one.statuses for one in tried), Counter[int]())
    number, reached = sum(one.events for one in tried), sum(one.reached for one in tried)
    valid, faults = sum(one.valid for one in tried), [what for one in tried for what in one.faults]
    return Report(
        "Raw events",
        table(
            ["events", "valid in structure", "reached a route", "answers"],
            [[number, valid, reached, _statuses(statuses)]],
        ),
        [
            ("raw events, with a wrong result", f"{number}, {len(faults)}"),
            ("raw events that reached a route", f"{reached / number:.0%}"),
        ],
        faults,
    )


def kill(cloud: RunningCloud, _seed: int) -> Report:
    """`kill -9` of the database."""
    with closing(Site(cloud)) as site:
        survived = killed_database.run(cloud, site, KILLS)
    figures = f"{survived.acknowledged}, {survived.found}"
    return Report(
        "kill -9 of the database under load",
        table(
            ["kills", "acknowledged", "found", "doubled"],
            [[survived.kills, survived.acknowledged, survived.found, survived.doubled]],
        ),
        [("rows acknowledged and found after kill -9", figures)],
        [] if survived.is_right else [f"rows are missing or doubled: {survived}"],
    )


def _grouped(outcomes: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return groups


def _right(outcomes: list[T]) -> str:
    return f"{sum(one.is_right for one in outcomes)} of {len(outcomes)}"


def _slowest(outcomes: list[fault_matrix.Outcome]) -> float:
    return max(one.result.seconds for one in outcomes)


def _statuses(statuses: Counter[int]) -> str:
    return ", ".join(f"{status}: {times}" for status, times in sorted(statuses.items()))


def _told(answer: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in answer if part is not None)
