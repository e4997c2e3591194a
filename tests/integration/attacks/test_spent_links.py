"""A magic link works once. Whatever the database does, it is not spent in vain."""

from __future__ import annotations

from pathlib import Path

from tests.support.slow_network import hang_in_head
from tests.support.slow_services import DATABASE, slow_cloud

FACE = "Web app"


def test_link_that_is_spent_lets_its_reader_in_while_the_database_hangs(tmp_path: Path) -> None:
    with slow_cloud(tmp_path) as slow:
        visitor = slow.visitor(FACE)
        landing = slow.landing_of(visitor)

        slow.networks[DATABASE].slow_down(hang_in_head, b"")
        landed = visitor.call("GET", landing)
        slow.networks[DATABASE].heal()

        assert (landed.status_code, landed.headers["Location"]) == (303, "/profile")
        assert visitor.call("GET", "/api/me").json()["email"] == visitor.email
        assert visitor.email in slow.admin(FACE).call("GET", "/api/users").text


def test_link_of_a_site_that_invites_is_not_spent_while_the_database_hangs(tmp_path: Path) -> None:
    with slow_cloud(tmp_path, SIGNUP="invite") as slow:
        visitor = slow.visitor(FACE)
        slow.admin(FACE).call("POST", "/api/users", json={"email": visitor.email, "name": "Lin"})
        landing = slow.landing_of(visitor)

        slow.networks[DATABASE].slow_down(hang_in_head, b"")
        failed = visitor.call("GET", landing)
        slow.networks[DATABASE].heal()
        landed = visitor.call("GET", landing)

        assert (failed.status_code, failed.json()["code"]) == (503, "database_unavailable")
        assert (landed.status_code, landed.headers["Location"]) == (303, "/profile")
