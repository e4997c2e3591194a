"""New processes under AWS's own runtime client: what it takes until the first answer.

Processor time of both phases, since Lambda gives a 512 MB function a whole processor in init and
0.29 of one in invoke; and instructions, where they can be counted.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from benchmarks import counting
from benchmarks.contenders import (
    FASTAPI_WITH_SDKS,
    OURS,
    OURS_WITH_STYTCH,
    PEERS,
    STARLETTE,
    STARLETTE_WITH_STYTCH,
    Contender,
    Workshop,
)
from benchmarks.limits import Limit
from benchmarks.one_start import Start, count, start
from benchmarks.server import Server
from benchmarks.table import table

ROUNDS = 9
LATENCIES = (0, 5, 25)  # milliseconds, there and back
WITH_STYTCH = (OURS_WITH_STYTCH, STARLETTE_WITH_STYTCH)
PAIRS = ((OURS, STARLETTE), WITH_STYTCH)  # who do the same, with the same kind of token
MOST = 0.85  # of what Starlette takes
MOST_INVOKE_MS = 15


def run(workshop: Workshop, server: Server) -> list[Limit]:
    """Print the tables; the limits."""
    contenders = (OURS, *PEERS, *WITH_STYTCH, FASTAPI_WITH_SDKS)
    starts = _starts(workshop, server, (*contenders, *workshop.node_peers))
    medians = {one: _median(found) for one, found in starts.items()}
    print(f"\nCold: milliseconds until the first answer over TLS, medians of {ROUNDS} processes")
    heading = ["", "CPU", "init", "invoke", "of Starlette", "wall", "round trips"]
    print(table(heading, [_row(one, medians) for one in medians]))
    _print_latencies(workshop, server)
    limits = _limits("CPU", {one: min(each.cpu for each in starts[one]) for one in contenders})
    if counting.has_valgrind():
        limits += _limits("instructions", _counted(workshop, server, contenders))
    slowest = max(medians[ours].invoke_cpu for ours, _ in PAIRS)
    return [*limits, Limit("cold, invoke: milliseconds of CPU", slowest, MOST_INVOKE_MS)]


def _starts(
    workshop: Workshop, server: Server, contenders: Sequence[Contender]
) -> dict[Contender, list[Start]]:
    starts: dict[Contender, list[Start]] = {contender: [] for contender in contenders}
    for _ in range(ROUNDS):  # in turns, so that a noisy moment meets everybody
        for contender in contenders:
            starts[contender].append(start(workshop, server, contender, 0))
    return starts


def _counted(
    workshop: Workshop, server: Server, contenders: Sequence[Contender]
) -> dict[Contender, float]:
    """Print what the same costs in instructions, which a busy machine does not change."""
    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(lambda one: count(workshop, server, one), contenders))
    both = {one: sum(phases) for one, phases in zip(contenders, counts, strict=True)}
    rows = [
        [
            one.name,
            f"{both[one]:.0f}",
            f"{init:.0f}",
            f"{invoke:.1f}",
            f"{both[one] / both[_starlette(one)]:.2f}",
        ]
        for one, (init, invoke) in zip(contenders, counts, strict=True)
    ]
    print("Cold: millions of instructions until the first answer over TLS")
    print(table(["", "both", "init", "invoke", "of Starlette"], rows))
    return both


def _limits(unit: str, costs: dict[Contender, float]) -> list[Limit]:
    """Of the quickest processes, which other programs of the machine disturbed least."""
    return [
        Limit(f"cold, {unit}: {ours.name}, of Starlette", costs[ours] / costs[starlette], MOST)
        for ours, starlette in PAIRS
    ]


def _starlette(contender: Contender) -> Contender:
    """Who does the same by hand, with the same kind of token."""
    return STARLETTE_WITH_STYTCH if contender in WITH_STYTCH else STARLETTE


def _median(starts: Sequence[Start]) -> Start:
    columns = zip(*starts, strict=True)
    return Start(*(statistics.median(column) for column in columns))


def _row(contender: Contender, medians: dict[Contender, Start]) -> list[str]:
    one = medians[contender]
    return [
        contender.name,
        f"{one.cpu:.0f}",
        f"{one.init_cpu:.0f}",
        f"{one.invoke_cpu:.1f}",
        f"{one.cpu / medians[_starlette(contender)].cpu:.2f}",
        f"{one.wall:.0f}",
        f"{one.turns:.0f}",
    ]


def _print_latencies(workshop: Workshop, server: Server) -> None:
    """Wall milliseconds with a slow way to the database, the quickest of five processes."""
    rows = []
    for contender in (OURS, STARLETTE):
        walls = [
            min(start(workshop, server, contender, latency).wall for _ in range(5))
            for latency in LATENCIES
        ]
        rows.append([contender.name, *(f"{wall:.0f}" for wall in walls)])
    print("Wall milliseconds until the first answer, by the latency of the database")
    print(table(["", *(f"{latency} ms" for latency in LATENCIES)], rows))
