"""One running cloud for all attacks, both of its doors, and the people who are attacked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cloud.fixtures import start_cloud as start_cloud
from tests.cloud.running_cloud import RunningCloud, Starter
from tests.integration.functions.conftest import admin as admin
from tests.integration.functions.conftest import member as member
from tests.integration.functions.conftest import netlify_visitor as netlify_visitor
from tests.integration.functions.conftest import other as other
from tests.integration.functions.conftest import stranger as stranger
from tests.integration.functions.conftest import stytch_visitor as stytch_visitor


@pytest.fixture(scope="package")
def cloud(start_cloud: Starter) -> Iterator[RunningCloud]:
    """A cloud that is ready; tests may attack it, none may stop it."""
    running = start_cloud()
    running.wait_until_ready()
    yield running
    running.stop()


@pytest.fixture(params=["Web app", "AWS HTTP API"])
def door(request: pytest.FixtureRequest, cloud: RunningCloud) -> str:
    """The address of one door, Netlify's and then AWS's."""
    return cloud.address(request.param)
