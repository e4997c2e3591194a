"""Fixtures of people who use a running cloud: members of both providers, an admin, a stranger."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor

NewVisitor = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def netlify_visitor(cloud: RunningCloud) -> NewVisitor:
    """Makes somebody who has signed up and in with Netlify Identity."""

    def new(name: str) -> Visitor:
        visitor = Visitor(cloud.url, f"{name}-{uuid.uuid4().hex[:8]}@example.com")
        visitor.sign_up()
        visitor.confirm()
        visitor.sign_in()
        return visitor

    return new


@pytest.fixture(scope="module")
def stytch_visitor(cloud: RunningCloud) -> NewVisitor:
    """Makes somebody who has signed in with a magic link."""

    def new(name: str) -> Visitor:
        visitor = Visitor(cloud.url, f"{name}-{uuid.uuid4().hex[:8]}@example.com")
        visitor.ask_for_link()
        visitor.follow_link()
        return visitor

    return new


@pytest.fixture(scope="module", params=["netlify", "stytch"])
def member(
    request: pytest.FixtureRequest, netlify_visitor: NewVisitor, stytch_visitor: NewVisitor
) -> Visitor:
    """A member, once by each provider."""
    return {"netlify": netlify_visitor, "stytch": stytch_visitor}[request.param]("member")


@pytest.fixture(scope="module")
def other(netlify_visitor: NewVisitor) -> Visitor:
    """Another member."""
    return netlify_visitor("other")


@pytest.fixture(scope="module")
def admin(cloud: RunningCloud) -> Visitor:
    """The demo admin, by a role of Netlify Identity."""
    visitor = Visitor(cloud.url, "ada@example.com")
    visitor.sign_in("latchkey")
    return visitor


@pytest.fixture(scope="module")
def stranger(cloud: RunningCloud) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(cloud.url, "stranger@example.com")
