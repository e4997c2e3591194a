"""What `make drop` takes out, and what it leaves."""

from __future__ import annotations

import pytest
import yaml

from scaffold import drop, new
from scaffold.checkout import Refused
from scaffold.new.wanted import read_existing, read_wanted
from scaffold.template import routes_of


@pytest.fixture
def make_drop(checkout):
    """`make drop` with this route, without writing to the disk."""

    def make(route: str):
        drop.remove(checkout, read_existing(checkout, [f"ROUTE={route}"]))
        return checkout

    return make


def paths_of(checkout) -> dict:
    return yaml.safe_load(checkout.read("docs/openapi.yaml"))["paths"]


def test_a_route_goes_with_its_endpoint_its_row_and_its_imports(make_drop):
    source = make_drop("POST /users").read("functions/create.py")

    assert "create_user" not in source
    assert "POST /users" not in source
    assert "create_issue" in source


def test_an_endpoint_that_another_route_has_stays(make_drop):
    source = make_drop("POST /invite_user").read("functions/invite.py")

    assert 'Route("/invite", invite, methods=["POST"])' in source
    assert "async def invite(" in source
    assert "another name" not in source


def test_a_row_of_two_paths_keeps_the_other(make_drop):
    source = make_drop("GET /issues").read("functions/get.py")

    assert "GET /issues/{id}            a member           200, an array or an issue\n" in source


def test_the_bare_url_of_a_route_that_is_gone_leads_nowhere(make_drop):
    assert "default=" not in make_drop("GET /issues").read("functions/get.py")


def test_a_path_that_is_left_takes_every_method(make_drop):
    checkout = make_drop("GET /issues")

    assert ("ANY", "/api/issues") in routes_of(checkout, "create")
    assert "/api/issues" not in [path for _, path in routes_of(checkout, "get")]


def test_the_description_goes_with_what_nothing_else_names(make_drop):
    checkout = make_drop("POST /invite_user")
    drop.remove(checkout, read_existing(checkout, ["ROUTE=POST /invite"]))

    description = checkout.read("docs/openapi.yaml")
    assert "/invite" not in paths_of(checkout)
    assert "NewUser" not in description
    assert "- name: Users" not in description


def test_a_function_goes_with_its_last_route(make_drop):
    checkout = make_drop("POST /login")

    assert not checkout.exists("functions/login.py")
    assert not checkout.exists("netlify/functions/login.js")
    assert not checkout.exists("netlify/functions-v2/login.mjs")
    assert not checkout.exists("events/login-aws.json")
    assert "LoginFunction" not in checkout.read("template.yaml")
    assert "/api/login" not in checkout.read("netlify.toml")


def test_a_function_to_which_netlify_sends_a_method_keeps_a_route(make_drop):
    with pytest.raises(Refused, match=r"sends every PATCH below /api to functions/update\.py"):
        make_drop("PATCH /issues/{id}")


def test_what_was_made_is_gone_again(make_drop, checkout):
    wanted = read_wanted(checkout, ["FN=export", "ROUTE=GET /exports"])
    new.write(checkout, wanted)

    make_drop("GET /exports")

    assert checkout.changes() == {"tests/integration/functions/test_export.py": "new"}


def test_a_route_that_is_not_there_is_refused(make_drop):
    with pytest.raises(Refused, match=r"^There is no route GET /nothing\.$"):
        make_drop("GET /nothing")
