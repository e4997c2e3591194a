"""The sites that the story is told on, and the people in front of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e.whole_bundle.stories import new_address
from tests.support.clouds import ready_cloud
from tests.support.visitor import Visitor


@contextmanager
def own_site(tmp_path_factory: pytest.TempPathFactory, **environ: str) -> Iterator[str]:
    """The address of a local cloud that ends with the block, and leaves no process behind."""
    with ready_cloud(tmp_path_factory, **environ) as cloud:
        children = cloud.descendants()
        yield cloud.url
        assert cloud.stop() == 0
        assert not [pid for pid in children if os.path.exists(f"/proc/{pid}")]


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with both providers."""
    running = os.environ.get("LATCHKEY_BASE_URL")
    if running:
        yield running
        return
    with own_site(tmp_path_factory) as url:
        yield url


@pytest.fixture(scope="module")
def lin(base_url: str) -> Visitor:
    """Signs up with Netlify Identity."""
    return Visitor(base_url, new_address("lin"))


@pytest.fixture(scope="module")
def sam(base_url: str) -> Visitor:
    """Signs in with magic links."""
    return Visitor(base_url, new_address("sam"))


@pytest.fixture(scope="module")
def ada(base_url: str) -> Visitor:
    """The demo admin, with a password."""
    visitor = Visitor(base_url, "ada@example.com")
    visitor.sign_in("latchkey")
    return visitor


@pytest.fixture(scope="module")
def guest(base_url: str) -> Visitor:
    """Is invited."""
    return Visitor(base_url, new_address("guest"))


@pytest.fixture(scope="module")
def issue(author: Visitor) -> dict[str, object]:
    """The author's issue, created as the tutorial's page does: JSON in a plain text body."""
    answer = author.call(
        "POST",
        "/.netlify/functions/create",
        data='{"title": "Água in the café"}'.encode(),
        headers={"Content-Type": "text/plain;charset=UTF-8"},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()
