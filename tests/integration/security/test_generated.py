"""A few of the requests and the events that `make test-security` makes by the thousand."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.security import described_requests, raw_events
from tests.security.services import services_of
from tests.security.site import Site
from tests.support.running_cloud import RunningCloud


@pytest.mark.timeout(300)  # where other suites run at the same time, making them takes long
def test_requests_by_the_description_are_answered_by_the_description(cloud: RunningCloud) -> None:
    with closing(Site(cloud)) as site:
        tried = list(described_requests.run(site, cases_each=2, seed=1))

    assert [one.faults for one in tried if one.faults] == []


def test_whatever_an_event_holds_an_answer_goes_out(cloud: RunningCloud) -> None:
    [tried] = raw_events.run(services_of(cloud), number=100, seed=1, processes=1)

    assert tried.faults == []
    assert tried.reached > tried.events / 2
