"""Every operation, by each of its callers, at both faces, under every fault."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import NamedTuple

from tests.security import fault_worker
from tests.security.description import read_operations
from tests.security.fault_rules import callers_of, expected
from tests.security.fault_worker import Cell, Result
from tests.security.faults import FAULTS
from tests.security.rules import Expected
from tests.security.services import services_of
from tests.security.site import FACES
from tests.support.running_cloud import RunningCloud

# What a worker imports anyway is imported once, and not by each of them.
IMPORTED_ONCE = [
    "shared.auth.stytch.sdk",
    "shared.application",
    "shared.lambda_handler",
    "tests.security.fault_worker",
]


class Outcome(NamedTuple):
    """What a cell had to answer, what it answered, and the seconds that it may take."""

    cell: Cell
    expected: Expected
    result: Result
    timeout_seconds: float

    @property
    def is_right(self) -> bool:
        is_in_time = self.result.seconds < self.timeout_seconds
        return is_in_time and self.expected == self.result.answered


def all_cells() -> list[Cell]:
    """Every cell, fault by fault, so that those that take long are begun together."""
    return [
        Cell(operation, caller, face, fault.title)
        for fault, operation, face in product(FAULTS, read_operations(), FACES)
        for caller in callers_of(operation)
    ]


def second_tries(cloud: RunningCloud, outcomes: Sequence[Outcome]) -> dict[str, Outcome]:
    """What was wrong, tried again one by one: with so many at a time, a machine may be too slow."""
    cells = [one.cell for one in outcomes if not one.is_right]
    return {one.cell.title: one for one in run(cloud, cells, workers=1)} if cells else {}


def run(cloud: RunningCloud, cells: Sequence[Cell], workers: int) -> Iterator[Outcome]:
    """Run the cells, so many at the same time; the services are those of the cloud."""
    services = services_of(cloud)
    faults = {fault.title: fault for fault in FAULTS}
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED_ONCE)
    with ProcessPoolExecutor(workers, context, fault_worker.start, (services,)) as pool:
        for cell, result in zip(cells, pool.map(fault_worker.run, cells), strict=True):
            rule = expected(cell.operation, cell.caller, faults[cell.fault])
            yield Outcome(cell, rule, result, services.timeout_seconds)
