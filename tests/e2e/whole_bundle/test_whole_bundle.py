"""The whole job, over HTTP only: what a front end and the people before it do.

The tests tell one story and run in order. `LATCHKEY_BASE_URL` points them at a site that runs
already: the local cloud behind another front, such as `netlify dev`, or by `make test-live` a site
that is deployed. Else they start a local cloud of their own, and end it.
"""

from __future__ import annotations

import pytest
import requests

from tests.e2e.whole_bundle import stories
from tests.support.visitor import Visitor


@pytest.fixture(scope="module")
def author(lin: Visitor) -> Visitor:
    return lin


@pytest.fixture(scope="module")
def other(sam: Visitor) -> Visitor:
    return sam


def test_the_site_has_both_providers(base_url: str) -> None:
    answer = requests.get(f"{base_url}/api/providers", timeout=30)

    assert answer.json() == {"netlify": True, "stytch": True, "signup": "open"}


class TestSigningUpWithAPassword(stories.PasswordStory):
    pass


class TestSigningInWithAMagicLink(stories.MagicLinkStory):
    pass


class TestTheBoard(stories.BoardStory):
    pass


class TestInvitations(stories.InvitationStory):
    pass


class TestLeavingStytch(stories.LeavingStytchStory):
    pass


class TestLeavingIdentity(stories.LeavingIdentityStory):
    pass
