"""Every way of slowness in `tests/support/slow_services.py`, at both faces of a running cloud."""

from __future__ import annotations

import pytest

from tests.support.slow_services import ALL, Cell, SlowCloud, title_of
from tests.support.slow_services import slow as slow


@pytest.mark.parametrize(("cell", "face"), ALL, ids=map(title_of, ALL))
def test_a_slow_service_is_an_outage_that_is_told(slow: SlowCloud, cell: Cell, face: str) -> None:
    answer = slow.answer(cell, face)

    assert (answer.status_code, answer.json().get("code")) == (503, cell.code)
    assert answer.json().get("step") == cell.step
    assert int(answer.headers["Retry-After"]) >= 1
