"""A sample of tests/security/slow: whatever is slow, a function answers before Lambda ends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.slow_services import SAMPLE, Cell, SlowCloud, slow_cloud, title_of


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlowCloud]:
    with slow_cloud(tmp_path_factory.mktemp("slow")) as cloud:
        yield cloud


@pytest.mark.parametrize(("cell", "face"), SAMPLE, ids=map(title_of, SAMPLE))
def test_a_slow_service_is_an_outage_that_is_told(slow: SlowCloud, cell: Cell, face: str) -> None:
    answer = slow.answer(cell, face)

    assert (answer.status_code, answer.json().get("code")) == (503, cell.code)
    assert answer.json().get("step") == cell.step
    assert int(answer.headers["Retry-After"]) >= 1
