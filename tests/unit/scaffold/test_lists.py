"""What `make routes` writes after a function was changed by hand."""

from __future__ import annotations

import json

import pytest

from scaffold import lists
from scaffold.checkout import Refused

FUNCTION = '''\
"""Report."""

from shared.application import application

handler = make_handler(application("report", [{routes}]))
'''


@pytest.fixture
def with_function(checkout):
    """Adds `functions/report.py` with these routes, and updates the lists."""

    def add(*routes: str):
        checkout.write("functions/report.py", FUNCTION.format(routes=", ".join(routes)))
        lists.update(checkout)
        return checkout

    return add


def test_a_function_gets_a_shim(with_function):
    checkout = with_function('Route("/reports", get_reports)')

    assert checkout.read("netlify/functions/report.js") == (
        '"use strict";\nexports.handler = require("../gateway").gateway("report");\n'
    )


def test_a_function_gets_a_shim_of_the_modern_form(with_function):
    checkout = with_function('Route("/reports", get_reports)')

    assert checkout.read("netlify/functions-v2/report.mjs") == (
        'import { webGateway } from "../web-gateway.mjs";\nexport default webGateway("report");\n'
    )


def test_resources_that_are_served_by_method_have_a_shim_of_both_forms(checkout):
    assert "gatewayByMethod()" in checkout.read("netlify/functions/api.js")
    assert "webGatewayByMethod()" in checkout.read("netlify/functions-v2/api.mjs")


@pytest.mark.parametrize("folder", ["netlify/functions", "netlify/functions-v2"])
def test_the_shims_of_events_come_and_go_with_the_function_that_takes_them(checkout, folder):
    checkout.write("functions/webhook.py", FUNCTION.format(routes='Route("/hooks", take)'))
    lists.update(checkout)
    events = {"identity-validate.js", "identity-signup.js", "identity-login.js"}
    assert {f"{name}.js" for name in checkout.names(folder, ".js")} >= events
    assert checkout.exists(f"{folder}/identity-changes.mjs")

    checkout.remove("functions/webhook.py")
    lists.update(checkout)

    assert not [
        name for end in (".js", ".mjs") for name in checkout.names(folder, end) if "-" in name
    ]


def test_a_function_that_is_gone_leaves_no_shim_and_no_sample(checkout):
    checkout.remove("functions/invite.py")

    lists.update(checkout)

    assert not checkout.exists("netlify/functions/invite.js")
    assert not checkout.exists("netlify/functions-v2/invite.mjs")
    assert not [name for name in checkout.names("events", ".json") if name.startswith("invite-")]


def test_a_resource_of_a_function_of_its_own_gets_a_redirect(with_function):
    checkout = with_function('Route("/reports/{id}/pages", get_pages)')

    assert (
        'from = "/api/reports/:id/pages"\nto = "/.netlify/functions/report/reports/:id/pages"'
        in checkout.read("netlify.toml")
    )


def test_a_literal_path_is_redirected_before_a_pattern_that_it_fits(with_function):
    checkout = with_function('Route("/reports/{id}", one)', 'Route("/reports/last", last)')

    redirects = checkout.read("netlify.toml")
    assert redirects.index("/api/reports/last") < redirects.index("/api/reports/:id")


def test_a_pattern_takes_no_request_from_a_resource_that_is_served_by_method(with_function):
    checkout = with_function('Route("/users/{id}/{part}", get_part)', 'Route("/{kind}", get_kind)')

    redirects = checkout.read("netlify.toml")
    assert redirects.index('to = "/.netlify/functions/api/users"') < redirects.index("/api/:kind")


def test_a_resource_that_netlify_cannot_divide_is_refused(with_function):
    with pytest.raises(
        Refused, match=r"/users to one function only, not to create and get and report"
    ):
        with_function('Route("/users", list_users, methods=["DELETE"])')


def test_the_methods_of_a_resource_are_those_of_all_functions(with_function):
    checkout = with_function('Route("/reports", get_reports, methods=["GET", "POST"])')

    methods = checkout.read("shared/http/resources.py")
    assert '    "/reports": ("GET", "HEAD", "POST"),\n' in methods


def test_a_front_end_sends_a_key_where_the_function_takes_one(checkout):
    create = checkout.read("functions/create.py")
    checkout.write(
        "functions/create.py",
        create.replace("caller.admin(request)", "parameters.idempotency_key(request)"),
    )

    lists.update(checkout)

    assert 'const POSTS_WITH_KEY = ["/users"];' in checkout.read("public/latchkey.js")


def test_a_sample_of_a_route_that_is_gone_is_written_anew(checkout):
    get = checkout.read("functions/get.py")
    checkout.write("functions/get.py", get.replace('"/issues', '"/notes'))

    lists.update(checkout)

    assert json.loads(checkout.read("events/get-aws.json"))["rawPath"] == "/api/notes"


def test_a_rest_sample_stays_while_its_function_has_the_route(checkout):
    rest = json.dumps({"httpMethod": "GET", "path": "/api/issues"})
    checkout.write("events/get-rest.json", rest)
    checkout.write("events/create-rest.json", rest)

    lists.update(checkout)

    assert checkout.exists("events/get-rest.json")
    assert not checkout.exists("events/create-rest.json")


def test_a_sample_that_fits_stays_as_it_is(checkout):
    sample = checkout.read("events/create-aws.json").replace("latchkey", "another")
    checkout.write("events/create-aws.json", sample)

    lists.update(checkout)

    assert checkout.read("events/create-aws.json") == sample


def test_a_sample_for_a_function_that_reads_no_credentials_has_none(with_function):
    checkout = with_function('Route("/reports", get_reports)')

    samples = [name for name in checkout.names("events", ".json") if name.startswith("report-")]
    assert samples == ["report-aws", "report-netlify"]
    assert "authorization" not in checkout.read("events/report-aws.json")


def test_a_sample_deletes_one_row_and_not_an_account(checkout):
    checkout.remove("events/delete-aws.json")

    lists.update(checkout)

    assert json.loads(checkout.read("events/delete-aws.json"))["rawPath"] == "/api/issues/1"


def test_a_sample_has_the_body_that_the_description_asks_for(checkout):
    checkout.remove("events/invite-aws.json")

    lists.update(checkout)

    body = json.loads(checkout.read("events/invite-aws.json"))["body"]
    assert json.loads(body) == {"email": "grace@example.com"}


@pytest.mark.parametrize(
    "source",
    [
        "handler = None\n",
        'application("report", [Route(PATH, get_reports)])\n',
        'application("report", [Route(\n',
    ],
)
def test_a_function_whose_routes_cannot_be_read_is_refused(checkout, source):
    checkout.write("functions/report.py", source)

    with pytest.raises(Refused, match=r"^functions/report\.py "):
        lists.update(checkout)
