"""Both providers' emulators, and a process that is set up for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.settings.settings import Settings
from tests.support.configuration import IDENTITY_SECRET, Configure
from tests.support.configuration import configure as configure
from tests.support.signing import other_key as other_key
from tests.support.signing import stytch_key as stytch_key
from tests.support.world import World, world_with_its_store_at


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_with_its_store_at(tmp_path_factory.mktemp("world") / "stytch.sqlite") as world:
        yield world


@pytest.fixture
def configure_for_world(world: World, configure: Configure) -> Configure:
    """Sets up a process that knows Stytch's keys and has not asked anybody anything yet."""

    def configure_process(**values: str) -> Settings:
        defaults = {
            "STYTCH_BASE_URL": world.stytch.url,
            "STYTCH_JWKS": world.stytch_keys,
            "NETLIFY_IDENTITY_URL": world.identity.url,
            "NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET,
        }
        settings = configure(**(defaults | values))
        world.forget_calls()
        return settings

    configure_process()
    return configure_process
