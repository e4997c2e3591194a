"""A sample of the fault matrix, of faults that are told at once."""

from __future__ import annotations

from tests.security import fault_matrix
from tests.support.running_cloud import RunningCloud

SLOW = ("hang", "drip", "s for each answer")
QUICK = [cell for cell in fault_matrix.all_cells() if not any(word in cell.fault for word in SLOW)]
SAMPLE = QUICK[:: len(QUICK) // 30]


def test_under_a_fault_each_route_answers_what_the_rule_says(cloud: RunningCloud) -> None:
    outcomes = list(fault_matrix.run(cloud, SAMPLE, workers=2))

    assert [(one.cell.title, one.result) for one in outcomes if not one.is_right] == []
