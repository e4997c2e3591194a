"""Every operation with every credential at both faces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

import requests

from tests.security.credentials import CREDENTIALS, Credential
from tests.security.description import Operation, read_operations
from tests.security.rules import Expected, expected
from tests.security.site import FACES, Site


class Cell(NamedTuple):
    """One request that is to be judged."""

    operation: Operation
    credential: Credential
    face: str

    @property
    def title(self) -> str:
        return f"{self.operation.title}, {self.credential.name}, {self.face}"


class Outcome(NamedTuple):
    """What a cell had to answer, and what it answered."""

    cell: Cell
    expected: Expected
    answered: Expected

    @property
    def is_right(self) -> bool:
        return self.expected == self.answered


def all_cells() -> list[Cell]:
    """Every cell of the matrix."""
    return [Cell(*cell) for cell in product(read_operations(), CREDENTIALS, FACES)]


def run(site: Site, cells: Iterable[Cell]) -> Iterator[Outcome]:
    """Send each cell's request, with a credential that is made for it."""
    for number, cell in enumerate(cells):
        if number % 50 == 0:
            site.forget_tries()
        sent = cell.credential.make(site.people)
        answer = site.call(cell.face, cell.operation, sent.headers)
        yield Outcome(cell, expected(cell.operation, sent), answered(answer))


def answered(answer: requests.Response) -> Expected:
    """The status and, of a problem document, the code."""
    is_problem = answer.headers.get("Content-Type") == "application/problem+json"
    code = answer.json()["code"] if is_problem else None
    return Expected(answer.status_code, code)
