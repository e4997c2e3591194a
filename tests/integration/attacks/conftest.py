"""Both doors of the running cloud, and the people who are attacked."""

from __future__ import annotations

import pytest

from tests.support.running_cloud import RunningCloud
from tests.support.visitors import admin as admin
from tests.support.visitors import member as member
from tests.support.visitors import netlify_visitor as netlify_visitor
from tests.support.visitors import other as other
from tests.support.visitors import stranger as stranger
from tests.support.visitors import stytch_visitor as stytch_visitor


@pytest.fixture(params=["Web app", "AWS HTTP API"])
def door(request: pytest.FixtureRequest, cloud: RunningCloud) -> str:
    """The address of one door, Netlify's and then AWS's."""
    return cloud.address(request.param)
