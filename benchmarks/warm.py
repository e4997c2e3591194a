"""A whole request in a warm process: one token check and one round trip to the database.

Everybody runs from bytecode, with the same event and database, and answers the same JSON; each
request writes its line.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import counting
from benchmarks.contenders import (
    FRAMEWORKS,
    OURS,
    OURS_WITH_SPANS,
    PEERS,
    Contender,
    Workshop,
)
from benchmarks.counting import Calls, Cost
from benchmarks.limits import Limit
from benchmarks.scenarios import LISTS, SCENARIOS, calls_of, comparable, complaint
from benchmarks.server import Server
from benchmarks.site import SITES, Site
from benchmarks.table import table

CALLS = 20
WARM_UP = 12
TIMED_CALLS = 400
TIMED_WARM_UP = 200  # a compiler needs some
PROCESSES = 2  # at the same time: counts do not mind

Costs = dict[str, Cost]  # by scenario


def run(workshop: Workshop, server: Server) -> list[Limit]:
    """Print a table for each kind of token; the limits."""
    limits: list[Limit] = []
    for make_site in SITES:
        with ThreadPoolExecutor(PROCESSES) as pool:
            jobs = {
                contender: pool.submit(measure, workshop, server, make_site(), contender)
                for contender in (OURS, OURS_WITH_SPANS, *PEERS)
            }
            costs = {contender: job.result() for contender, job in jobs.items()}
        algorithm = make_site().algorithm
        _refuse_other_answers(costs)
        print(f"\nWarm, {algorithm}: {counting.unit()} for each request")
        print(table(["", *(one.name for one in SCENARIOS)], _rows(costs)))
        limits += _limits(costs, algorithm)
        _print_beside_node(workshop, server, make_site())
    return limits


def _print_beside_node(workshop: Workshop, server: Server, site: Site) -> None:
    """Processor time, since Callgrind does not follow what Node compiles while it runs."""
    peers = [one for one in workshop.node_peers if one.site().algorithm == site.algorithm]
    costs = {one: _timed(workshop, server, site, one) for one in (OURS, *peers)}
    _refuse_other_answers(costs)
    print(f"\nWarm, {site.algorithm}: microseconds of processor time for each request")
    print(table(["", *(one.name for one in SCENARIOS)], _rows(costs)))


def _timed(workshop: Workshop, server: Server, site: Site, contender: Contender) -> Costs:
    calls = _calls(workshop, server, site, contender, TIMED_CALLS, TIMED_WARM_UP)
    with tempfile.TemporaryDirectory() as scratch:
        command = workshop.caller_command(contender)
        return _by_scenario(counting.time(command, calls, Path(scratch)))


def measure(workshop: Workshop, server: Server, site: Site, contender: Contender) -> Costs:
    """What a contender's requests cost, by scenario."""
    calls = _calls(workshop, server, site, contender, CALLS, WARM_UP)
    with tempfile.TemporaryDirectory() as scratch:
        return _by_scenario(counting.count(workshop.python, calls, Path(scratch)))


def _calls(
    workshop: Workshop, server: Server, site: Site, contender: Contender, times: int, warm_up: int
) -> Calls:
    path = workshop.path_of(contender)
    environment = site.environment(path, server.by_socket, **contender.environment)
    return Calls(calls_of(SCENARIOS, contender, site.token), environment, times, warm_up)


def _by_scenario(costs: list[Cost]) -> Costs:
    return {one.name: cost for one, cost in zip(SCENARIOS, costs, strict=True)}


def _refuse_other_answers(costs: dict[Contender, Costs]) -> None:
    """Raise RuntimeError where somebody does not answer as we do."""
    for contender, theirs in costs.items():
        for one in SCENARIOS:
            expected = comparable(costs[OURS][one.name].answer)
            if wrong := complaint(one, theirs[one.name].answer, expected):
                raise RuntimeError(f"{contender.name}, {one.name}: {wrong}")


def _rows(costs: dict[Contender, Costs]) -> list[list[str]]:
    return [
        [contender.name, *(f"{theirs[one.name].amount:,.0f}" for one in SCENARIOS)]
        for contender, theirs in costs.items()
    ]


def _limits(costs: dict[Contender, Costs], algorithm: str) -> list[Limit]:
    return [
        Limit(
            f"{algorithm}, {one.name}: ours of {peer.name}",
            costs[OURS][one.name].amount / costs[peer][one.name].amount,
            1.0,
        )
        for one in SCENARIOS
        for peer in (PEERS if one in LISTS else FRAMEWORKS)
    ]
