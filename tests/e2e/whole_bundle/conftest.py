"""The site that the story is told on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.clouds import ready_cloud


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    running = os.environ.get("LATCHKEY_BASE_URL")
    if running:
        yield running
        return
    with ready_cloud(tmp_path_factory) as cloud:
        children = cloud.descendants()
        yield cloud.url
        assert cloud.stop() == 0
        assert not [pid for pid in children if os.path.exists(f"/proc/{pid}")]
