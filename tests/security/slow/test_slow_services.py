"""Every way of slowness in `tests/support/slow_services.py`, at both faces of a running cloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.slow_services import ALL, Cell, SlowCloud, slow_cloud, title_of


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlowCloud]:
    with slow_cloud(tmp_path_factory.mktemp("slow")) as cloud:
        yield cloud


@pytest.mark.parametrize(("cell", "face"), ALL, ids=map(title_of, ALL))
def test_a_slow_service_is_an_outage_that_is_told(slow: SlowCloud, cell: Cell, face: str) -> None:
    answer = slow.answer(cell, face)

    assert (answer.status_code, answer.json().get("code")) == (503, cell.code)
    assert answer.json().get("step") == cell.step
    assert int(answer.headers["Retry-After"]) >= 1
