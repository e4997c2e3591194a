"""A sample of the credential matrix: each credential once, and each route."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import cycle

import pytest

from tests.security import credential_matrix
from tests.security.credential_matrix import Cell
from tests.security.credentials import CREDENTIALS
from tests.security.description import read_operations
from tests.security.site import FACES, Site
from tests.support.running_cloud import RunningCloud

SAMPLE = [
    Cell(operation, credential, face)
    for operation, credential, face in zip(
        cycle(read_operations()), CREDENTIALS, cycle(FACES), strict=False
    )
]


@pytest.fixture(scope="module")
def site(cloud: RunningCloud) -> Iterator[Site]:
    with closing(Site(cloud)) as site:
        yield site


@pytest.mark.parametrize("cell", SAMPLE, ids=lambda cell: cell.title)
def test_a_credential_opens_what_the_rule_says(site: Site, cell: Cell) -> None:
    [outcome] = credential_matrix.run(site, [cell])

    assert outcome.answered == outcome.expected
