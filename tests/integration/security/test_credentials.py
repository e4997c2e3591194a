"""A sample of the credential matrix: each credential at one route, and each route."""

from __future__ import annotations

import pytest

from tests.security import credential_matrix
from tests.security.credential_matrix import Cell
from tests.security.site import Site
from tests.support.running_cloud import RunningCloud

CELLS = credential_matrix.all_cells()
SAMPLE = CELLS[:: len(CELLS) // 120]


@pytest.fixture(scope="module")
def site(cloud: RunningCloud) -> Site:
    return Site(cloud)


@pytest.mark.parametrize("cell", SAMPLE, ids=lambda cell: cell.title)
def test_a_credential_opens_what_the_rule_says(site: Site, cell: Cell) -> None:
    [outcome] = credential_matrix.run(site, [cell])

    assert outcome.answered == outcome.expected
