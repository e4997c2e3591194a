"""StytchConfig."""

from __future__ import annotations

import pytest

from local.stytch import StytchConfig
from tests.contract.stytch.under_test import only_emulator

pytestmark = only_emulator("it is about the emulator alone")


def config(project_id: str) -> StytchConfig:
    return StytchConfig(project_id, "secret", ("http://localhost/",))


def test_a_live_project_is_never_emulated():
    with pytest.raises(ValueError, match="test projects only"):
        config("project-live-00000000-0000-4000-8000-000000000000")


def test_a_live_public_token_is_never_taken():
    with pytest.raises(ValueError, match="public-token-test-"):
        StytchConfig(
            "project-test-00000000-0000-4000-8000-000000000000",
            "secret",
            ("http://localhost/",),
            public_token="public-token-live-00000000-0000-4000-8000-000000000000",
        )


@pytest.mark.parametrize("kind", ["login", "signup", "invite"])
def test_one_list_of_redirect_urls_serves_every_kind_of_link(kind):
    project = config("project-test-00000000-0000-4000-8000-000000000000")

    assert project.redirect_urls_for(kind) == ("http://localhost/",)
