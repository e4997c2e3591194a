"""AWS's own emulator runs the package, and each sample event is answered as by the local cloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.aws.runtime_emulator.told import EVENTS, Told


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.stem)
def test_a_sample_event_is_answered_as_by_the_local_cloud(
    event: Path, told_by_aws: dict[str, Told], told_locally: dict[str, Told]
) -> None:
    assert told_by_aws[event.name] == told_locally[event.name]


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.stem)
def test_a_sample_event_is_answered_with_a_result_for_a_gateway(
    event: Path, told_by_aws: dict[str, Told]
) -> None:
    assert told_by_aws[event.name].result["status"] is not None
