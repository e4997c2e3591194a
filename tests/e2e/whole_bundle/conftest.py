"""The site that the story is told on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.cloud.fixtures import start_cloud as start_cloud
from tests.cloud.running_cloud import Starter


@pytest.fixture(scope="module")
def base_url(request: pytest.FixtureRequest) -> Iterator[str]:
    running = os.environ.get("LATCHKEY_BASE_URL")
    if running:
        yield running
        return
    start: Starter = request.getfixturevalue("start_cloud")
    cloud = start()
    cloud.wait_until_ready()
    children = cloud.descendants()
    yield cloud.url
    assert cloud.stop() == 0
    assert not [pid for pid in children if os.path.exists(f"/proc/{pid}")]
