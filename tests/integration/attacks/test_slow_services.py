"""A sample of tests/security/slow: whatever is slow, a function answers before Lambda ends it."""

from __future__ import annotations

import pytest

from tests.support.slow_services import SAMPLE, Cell, SlowCloud, title_of
from tests.support.slow_services import slow as slow


@pytest.mark.parametrize(("cell", "face"), SAMPLE, ids=map(title_of, SAMPLE))
def test_a_slow_service_is_an_outage_that_is_told(slow: SlowCloud, cell: Cell, face: str) -> None:
    answer = slow.answer(cell, face)

    assert (answer.status_code, answer.json().get("code")) == (503, cell.code)
    assert answer.json().get("step") == cell.step
    assert int(answer.headers["Retry-After"]) >= 1
