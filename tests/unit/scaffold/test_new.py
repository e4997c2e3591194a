"""What `make new` writes, and what it refuses."""

from __future__ import annotations

import ast
import json

import pytest
import yaml

from scaffold import new
from scaffold.__main__ import main
from scaffold.checkout import Refused
from scaffold.new.names import endpoint_name
from scaffold.new.wanted import read_wanted
from scaffold.template import routes_of


@pytest.fixture
def make_new(checkout):
    """`make new` with these words, without writing to the disk."""

    def make(**words: str):
        wanted = read_wanted(checkout, [f"{name}={value}" for name, value in words.items()])
        new.write(checkout, wanted)
        return checkout

    return make


def routes_in(source: str) -> list[str]:
    """The paths of a module's routes, in their order."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    routes = [call for call in calls if getattr(call.func, "id", None) == "Route"]
    return [ast.literal_eval(call.args[0]) for call in sorted(routes, key=lambda call: call.lineno)]


def operation(checkout, path: str, method: str) -> dict:
    return yaml.safe_load(checkout.read("docs/openapi.yaml"))["paths"][path][method]


def test_a_new_function_comes_with_all_that_belongs_to_it(make_new):
    checkout = make_new(FN="export", ROUTE="GET /exports", WHO="member")

    assert checkout.changes() == {
        "functions/export.py": "new",
        "template.yaml": "changed",
        "docs/openapi.yaml": "changed",
        "tests/integration/functions/test_export.py": "new",
        "netlify/functions/export.js": "new",
        "netlify/functions-v2/export.mjs": "new",
        "netlify.toml": "changed",
        "shared/http/resources.py": "changed",
        "events/export-aws.json": "new",
        "events/export-aws-identity.json": "new",
        "events/export-netlify.json": "new",
        "events/export-netlify-stytch.json": "new",
    }


def test_a_route_in_a_function_that_is_there_comes_with_all_that_belongs_to_it(make_new):
    checkout = make_new(FN="get", ROUTE="GET /issues/{id}/history")

    assert checkout.changes() == {
        "functions/get.py": "changed",
        "template.yaml": "changed",
        "docs/openapi.yaml": "changed",
        "tests/integration/functions/test_get_issue_history.py": "new",
        "shared/http/resources.py": "changed",
    }


def test_a_new_function_answers_at_its_bare_url(make_new):
    checkout = make_new(FN="export", ROUTE="GET /exports")

    assert 'default="/exports"' in checkout.read("functions/export.py")
    assert operation(checkout, "/exports", "get")["x-bare-url"] is True


def test_a_path_with_a_parameter_cannot_be_the_bare_url(make_new):
    checkout = make_new(FN="export", ROUTE="GET /exports/{id}")

    assert "default=" not in checkout.read("functions/export.py")
    assert "x-bare-url" not in operation(checkout, "/exports/{id}", "get")


@pytest.mark.parametrize(
    ("who", "asked", "security"),
    [
        ("member", "caller.member(request)", None),
        ("admin", "caller.admin(request)", None),
        ("anyone", "return JSONResponse", []),
    ],
)
def test_who_may_call_is_asked_and_described(make_new, who, asked, security):
    checkout = make_new(FN="export", ROUTE="GET /exports", WHO=who)

    assert asked in checkout.read("functions/export.py")
    assert operation(checkout, "/exports", "get").get("security") == security
    assert operation(checkout, "/exports", "get")["x-who"] == who


def test_an_endpoint_that_writes_reads_its_fields(make_new):
    checkout = make_new(FN="create", ROUTE="POST /users/{id}/notes", WHO="admin")

    source = checkout.read("functions/create.py")
    assert "async def create_user_note(request: Request) -> JSONResponse:" in source
    assert "    user_id = parameters.path_id(request)\n" in source
    assert "await bodies.read_fields" in source.partition("create_user_note")[2]
    assert "requestBody" in operation(checkout, "/users/{id}/notes", "post")


def test_the_rest_of_a_module_stays_as_it_is(make_new, checkout):
    code = checkout.read("functions/invite.py").partition("async def")[2].splitlines()

    after = make_new(FN="invite", ROUTE="POST /invite_again").read("functions/invite.py")

    assert [line for line in code if line not in f"async def{after}"] == []


def test_a_comment_in_yaml_stays(make_new, checkout):
    before = [line for line in checkout.read("template.yaml").splitlines() if "#" in line]

    after = make_new(FN="export", ROUTE="GET /exports").read("template.yaml").splitlines()

    assert [line for line in before if line not in after] == []


def test_a_literal_path_comes_before_the_pattern_that_would_take_its_requests(make_new):
    checkout = make_new(FN="get", ROUTE="GET /issues/newest")

    routes = routes_in(checkout.read("functions/get.py"))
    assert routes.index("/issues/newest") < routes.index("/issues/{id}")


def test_a_further_method_of_a_path_comes_after_the_first(make_new):
    checkout = make_new(FN="login", ROUTE="DELETE /login")

    source = checkout.read("functions/login.py")
    assert source.index('methods=["POST"]') < source.index('methods=["DELETE"]')


def test_a_row_joins_the_table_of_the_docstring(make_new):
    checkout = make_new(FN="update", ROUTE="PATCH /users/{id}", WHO="admin")

    docstring = checkout.read("functions/update.py").split('"""')[1]
    assert docstring == (
        "Change an issue.\n\n"
        "PATCH /issues/{id}   its assignee, or an admin   200, the issue\n"
        "PATCH /users/{id}    an admin                    200, say here what it answers\n"
    )


def test_a_new_path_leads_to_its_function_with_every_method(make_new):
    checkout = make_new(FN="export", ROUTE="POST /exports")

    assert routes_of(checkout, "export") == [
        ("ANY", "/api/exports"),
        ("ANY", "/.netlify/functions/export"),
        ("ANY", "/.netlify/functions/export/{proxy+}"),
    ]


def test_a_path_of_another_function_leads_to_this_one_with_its_method(make_new):
    checkout = make_new(FN="update", ROUTE="PATCH /users/{id}")

    assert ("PATCH", "/api/users/{id}") in routes_of(checkout, "update")


def test_a_function_that_has_the_whole_path_needs_no_further_entry(make_new, checkout):
    before = checkout.read("template.yaml")

    after = make_new(FN="invite", ROUTE="GET /invite").read("template.yaml")

    assert after == before


def test_a_name_of_several_words_has_a_logical_id_of_letters(make_new):
    checkout = make_new(FN="monthly_report", ROUTE="GET /monthly-reports")

    assert "  MonthlyReportFunction:\n" in checkout.read("template.yaml")
    assert "list_monthly_reports" in checkout.read("functions/monthly_report.py")


def test_a_test_that_is_there_is_not_overwritten(make_new, checkout):
    checkout.write("tests/integration/functions/test_issues.py", "")

    make_new(FN="issues", ROUTE="GET /board")

    assert checkout.read("tests/integration/functions/test_issues.py") == ""
    assert checkout.exists("tests/integration/functions/test_get_board.py")


def test_the_sample_events_ask_for_the_route(make_new):
    checkout = make_new(FN="export", ROUTE="POST /exports")

    event = json.loads(checkout.read("events/export-aws.json"))
    assert (event["routeKey"], event["body"]) == ("ANY /api/exports", '{"name": "An example"}')


GOOD = {"FN": "export", "ROUTE": "GET /exports", "WHO": "member"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"FN": ""}, "FN, the function's name, is missing"),
        ({"FN": "Export"}, "FN=Export is no name for a function"),
        ({"FN": "ex-port"}, "FN=ex-port is no name"),
        ({"FN": "../export"}, "FN=../export is no name"),
        ({"FN": "e" * 33}, "is no name for a function"),
        ({"FN": "class"}, "FN=class is a word of Python itself"),
        ({"FN": "api"}, "The name api is taken"),
        ({"ROUTE": ""}, "ROUTE is missing"),
        ({"ROUTE": "/exports"}, "ROUTE=/exports needs a method and a path"),
        ({"ROUTE": "GET"}, "ROUTE=GET needs a method and a path"),
        ({"ROUTE": "FETCH /exports"}, "FETCH must be one of GET, POST, PATCH, DELETE"),
        ({"ROUTE": "GET exports"}, "exports is no path"),
        ({"ROUTE": "GET /exports/"}, "/exports/ is no path"),
        ({"ROUTE": "GET /Exports"}, "/Exports is no path"),
        ({"ROUTE": "GET /{id}"}, "/{id} is no path"),
        ({"ROUTE": "GET /" + "e" * 48}, "is no path"),
        ({"ROUTE": "GET /api/exports"}, "Leave out /api"),
        ({"ROUTE": "GET /exports/{id}/{id}"}, "give {id} another name"),
        ({"ROUTE": "GET /exports/{class}"}, "give {class} another name"),
        ({"ROUTE": "GET /me"}, "GET /me is taken: functions/get.py has it."),
        ({"ROUTE": "GET /users/{number}"}, "Write /users/{id}, as functions/"),
        ({"ROUTE": "POST /me"}, "Netlify can send /me to one function only"),
        ({"WHO": "root"}, "WHO must be one of member, admin, anyone"),
        ({"WHAT": "root"}, "WHAT=root is not understood"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(make_new, words, sentence):
    with pytest.raises(Refused) as refusal:
        make_new(**(GOOD | words))

    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_what_is_refused_is_told_and_ends_with_status_2(capsys):
    status = main(["new", "FN=export", "ROUTE=FETCH /exports"])

    assert status == 2
    assert capsys.readouterr().err.startswith("FETCH must be one of GET, POST, PATCH, DELETE")


def test_who_is_a_member_where_it_is_not_said(make_new):
    checkout = make_new(FN="export", ROUTE="GET /exports")

    assert "caller.member(request)" in checkout.read("functions/export.py")


@pytest.mark.parametrize(
    ("method", "path", "endpoint"),
    [
        ("GET", "/exports", "list_exports"),
        ("GET", "/exports/{id}", "get_export"),
        ("GET", "/status", "get_status"),
        ("POST", "/exports", "create_export"),
        ("PATCH", "/companies/{id}", "update_company"),
        ("DELETE", "/old-boxes/{id}/keys/{key}", "delete_old_box_key"),
    ],
)
def test_an_endpoint_is_called_like_its_route(method, path, endpoint):
    assert endpoint_name(method, path) == endpoint
