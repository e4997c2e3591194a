"""Both providers' emulators, and a process that is set up for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.auth.auth import Credentials, authenticate
from shared.settings.settings import Settings
from tests.support.configuration import IDENTITY_SECRET, configure
from tests.support.configuration import cold_process as cold_process
from tests.support.signing import other_key as other_key
from tests.support.signing import stytch_key as stytch_key
from tests.support.world import World, world_with_its_store_at


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
