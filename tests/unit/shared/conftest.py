from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.auth import Credentials, authenticate
from shared.settings import Settings
from tests.unit.shared.configuration import IDENTITY_SECRET, configure, forget_the_process
from tests.unit.shared.signing import SigningKey
from tests.unit.shared.world import World, world_with_its_store_at


@pytest.fixture(scope="session")
def stytch_key() -> SigningKey:
    return SigningKey("jwk-test-1")


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    """A key that Stytch has never published."""
    return SigningKey("jwk-test-2")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_with_its_store_at(tmp_path_factory.mktemp("world") / "stytch.sqlite") as world:
        yield world


@pytest.fixture
def config(world: World, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A process that has just fetched Stytch's keys, and has asked nobody anything yet."""
    config = configure(
        monkeypatch,
        STYTCH_BASE_URL=world.stytch.url,
        NETLIFY_IDENTITY_URL=world.identity.url,
        NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET,
    )
    authenticate(Credentials(bearer=world.stytch_jwt), config)
    world.forget_calls()
    return config


@pytest.fixture(autouse=True)
def cold_process() -> Iterator[None]:
    """Each test begins, and leaves others, with nothing kept from before."""
    forget_the_process()
    yield
    forget_the_process()
