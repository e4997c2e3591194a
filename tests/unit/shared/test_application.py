"""What every request gets: shared/application.py and the modules that it puts together."""

from __future__ import annotations

import gc

import pymysql
import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared import errors, stopwatch, tls
from shared.application import application
from shared.auth.principal import Principal
from shared.http.call_state import call_state
from tests.support.asgi import ask
from tests.support.events import REQUEST_ID

ADA = Principal("stytch:user-test-1", "stytch", "ada@example.com", "Ada")


async def well(request):
    call_state(request).principal = ADA
    with stopwatch.waiting_for("database"):
        return JSONResponse({"id": request.path_params.get("id")})


async def crash(request):
    raise RuntimeError("the password is hush")


def raising(error):
    async def endpoint(request):
        raise error

    return endpoint


@pytest.fixture
def make_app(configure):
    """An application of a few routes; `error` is what /fails raises."""

    def make(error=None, **settings):
        configure(**settings)
        routes = [
            Route("/issues", well),
            Route("/issues/{id}", well),
            Route("/issues/{id}/history/{version}", well),
            Route("/crash", crash),
            Route("/fails", raising(error)),
            Route("/notes", well),
            Route("/notes", well, methods=["POST"]),
        ]
        return application("get", routes)

    return make


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.Malformed("c", "d"), 400),
        (errors.Unauthenticated("c", "d"), 401),
        (errors.Forbidden("c", "d"), 403),
        (errors.NotAssignee(), 403),
        (errors.NotFound("c", "d"), 404),
        (errors.Conflict("c", "d"), 409),
        (errors.TooLarge("c", "d"), 413),
        (errors.Invalid([]), 422),
        (errors.Throttled("c", "d", 7), 429),
        (errors.Unavailable("c", "d"), 503),
    ],
)
def test_every_kind_of_failure_has_its_status(make_app, error, status):
    answer = ask(make_app(error), "GET", "/fails")

    assert (answer.status, answer.json()["status"]) == (status, status)


def test_a_failure_is_told_as_problem_details(make_app):
    answer = ask(make_app(errors.Conflict("email_taken", "It is taken.")), "GET", "/fails")

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "status": 409,
        "title": "Conflict",
        "detail": "It is taken.",
        "code": "email_taken",
        "request_id": REQUEST_ID,
    }


def test_every_bad_field_is_told(make_app):
    error = errors.Invalid(
        [
            errors.FieldError("title", "The title must not be empty."),
            errors.FieldError("b", "The b is bad."),
        ]
    )

    problem = ask(make_app(error), "GET", "/fails").json()

    assert (problem["detail"], problem["errors"]) == (
        "The title must not be empty. The b is bad.",
        [
            {"field": "title", "detail": "The title must not be empty."},
            {"field": "b", "detail": "The b is bad."},
        ],
    )


def test_who_is_not_known_is_told_how_to_be(make_app):
    answer = ask(make_app(errors.Unauthenticated("c", "d")), "GET", "/fails")

    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "error", [errors.Throttled("c", "d", 7), errors.Unavailable("c", "d", retry_after=7)]
)
def test_who_should_try_again_is_told_when(make_app, error):
    assert ask(make_app(error), "GET", "/fails").headers["retry-after"] == "7"


def test_the_step_that_was_not_done_is_told(make_app):
    error = errors.Unavailable("c", "d", step="identity")

    assert ask(make_app(error), "GET", "/fails").json()["step"] == "identity"


@pytest.mark.parametrize("path", ["/nothing", "/issues/", "/issues/7/more", "/", "/🦊"])
def test_there_is_nothing_at_an_unknown_address(make_app, path):
    answer = ask(make_app(), "GET", path)

    assert (answer.status, answer.json()["code"]) == (404, "route_not_found")


def test_a_wrong_method_is_told_the_right_ones(make_app):
    answer = ask(make_app(), "POST", "/issues")

    assert (answer.status, answer.json()["code"]) == (405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_all_methods_of_an_address_are_told_that_several_routes_share(make_app):
    answer = ask(make_app(), "DELETE", "/.netlify/functions/get/notes")

    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_a_method_that_does_not_exist_is_a_wrong_method(make_app):
    assert ask(make_app(), "BREW", "/issues").status == 405


def test_a_crash_is_a_plain_500(make_app):
    answer = ask(make_app(), "GET", "/crash")

    assert (answer.status, answer.json()["code"]) == (500, "internal_error")


def test_the_answer_to_a_crash_says_nothing_of_it(make_app):
    body = ask(make_app(), "GET", "/crash").body

    assert [word for word in (b"hush", b"RuntimeError", b"Traceback") if word in body] == []


@pytest.mark.parametrize("path", ["/issues", "/nothing", "/fails", "/crash"])
def test_every_answer_is_never_kept_never_sniffed_and_has_its_requests_id(make_app, path):
    headers = ask(make_app(errors.NotFound("c", "d")), "GET", path).headers

    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert headers["x-request-id"] == REQUEST_ID


def test_one_line_is_logged_for_a_request(make_app, log_lines):
    ask(make_app(), "GET", "/api/issues/7")

    [line] = log_lines()
    assert line | {"ms": 0, "database_ms": 0} == {
        "level": "INFO",
        "request_id": REQUEST_ID,
        "function": "get",
        "method": "GET",
        "route": "/issues/{id}",
        "status": 200,
        "code": None,
        "cause": None,
        "principal": "stytch:user-test-1",
        "provider": "stytch",
        "ms": 0,
        "database_ms": 0,
        "upstream_ms": 0.0,
        "cold_start": True,
    }


def test_the_first_request_of_a_process_alone_is_a_cold_start(make_app, log_lines):
    app = make_app()

    ask(app, "GET", "/issues")
    ask(app, "GET", "/issues")

    assert [line["cold_start"] for line in log_lines()] == [True, False]


def test_a_failure_is_logged_with_its_code(make_app, log_lines):
    ask(make_app(errors.Conflict("email_taken", "d")), "GET", "/fails")

    [line] = log_lines()
    assert (line["level"], line["status"], line["code"]) == ("INFO", 409, "email_taken")


def test_what_lies_behind_a_failure_is_named_in_the_log_alone(make_app, log_lines):
    error = errors.Unavailable("database_unavailable", "d")
    error.__cause__ = pymysql.OperationalError(2013, "Lost connection to hush")

    answer = ask(make_app(error), "GET", "/fails")

    assert log_lines()[0]["cause"] == "OperationalError 2013"
    assert (b"2013" in answer.body, "hush" in str(log_lines)) == (False, False)


def test_what_we_could_not_do_is_logged_as_an_error(make_app, log_lines):
    ask(make_app(errors.Unavailable("c", "d")), "GET", "/fails")

    assert log_lines()[0]["level"] == "ERROR"


@pytest.mark.parametrize("path", ["/nothing", "/issues/7/secret-token"])
def test_an_unknown_address_is_not_repeated_in_the_log(make_app, log_lines, path):
    ask(make_app(), "GET", path)

    assert log_lines()[0]["route"] == "unmatched"


@pytest.mark.parametrize("path", ["/issues/7/history/8", "/issues/7/history/7"])
def test_ids_anywhere_in_a_path_are_not_in_the_log(make_app, log_lines, path):
    ask(make_app(), "GET", path)

    assert log_lines()[0]["route"] == "/issues/{id}/history/{version}"


def test_an_id_that_looks_like_the_resource_does_not_confuse_the_log(make_app, log_lines):
    ask(make_app(), "GET", "/issues/issues")

    assert log_lines()[0]["route"] == "/issues/{id}"


def test_a_crash_is_logged_in_the_requests_own_line_with_its_traceback(make_app, log_lines):
    ask(make_app(), "GET", "/crash")

    [line] = log_lines()
    assert "RuntimeError: the password is hush" in line["crash"]
    assert (line["level"], line["status"], line["route"]) == ("CRITICAL", 500, "/crash")


def test_a_crash_is_counted_by_a_metric_without_dimensions(make_app, log_lines):
    ask(make_app(), "GET", "/crash")

    [line] = log_lines()
    [metrics] = line["_aws"]["CloudWatchMetrics"]
    assert line["UnhandledErrors"] == 1
    assert (metrics["Namespace"], metrics["Dimensions"]) == ("Latchkey", [[]])


def test_a_schema_behind_is_logged_and_counted_like_a_crash(make_app, log_lines):
    answer = ask(make_app(errors.SchemaBehind()), "GET", "/fails")

    [line] = log_lines()
    assert (answer.status, answer.json()["code"]) == (503, "schema_behind")
    assert (line["level"], line["UnhandledErrors"]) == ("CRITICAL", 1)


def test_below_the_log_level_nothing_is_logged(make_app, log_lines):
    ask(make_app(LOG_LEVEL="ERROR"), "GET", "/issues")

    assert log_lines() == []


def test_no_other_origin_may_call_unless_it_is_named(make_app):
    answer = ask(make_app(), "GET", "/issues", headers={"Origin": "https://partner.example"})

    assert "access-control-allow-origin" not in answer.headers


def test_an_origin_that_is_named_may_call_with_cookies(make_app):
    app = make_app(ALLOWED_ORIGINS="https://partner.example")

    headers = ask(app, "GET", "/issues", headers={"Origin": "https://partner.example"}).headers

    assert headers["access-control-allow-origin"] == "https://partner.example"
    assert headers["access-control-allow-credentials"] == "true"


@pytest.mark.parametrize("path", ["/fails", "/crash", "/nothing"])
def test_an_origin_that_is_named_may_read_failures_too(make_app, path):
    app = make_app(errors.NotFound("c", "d"), ALLOWED_ORIGINS="https://partner.example")

    headers = ask(app, "GET", path, headers={"Origin": "https://partner.example"}).headers

    assert headers["access-control-allow-origin"] == "https://partner.example"


def test_a_browser_may_ask_before_it_writes(make_app):
    app = make_app(ALLOWED_ORIGINS="https://partner.example")
    question = {
        "Origin": "https://partner.example",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "content-type, idempotency-key",
    }

    answer = ask(app, "OPTIONS", "/issues", headers=question)

    assert answer.status == 200
    assert "PATCH" in answer.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("host", "contexts"), [("db.latchkey.example", 1), ("localhost", 0)], ids=["remote", "local"]
)
def test_what_a_connection_needs_is_made_while_the_function_starts(make_app, host, contexts):
    tls.context.cache_clear()

    make_app(DATABASE_URL=f"mysql://app:secret@{host}/latchkey")

    assert tls.context.cache_info().currsize == contexts


def test_garbage_is_collected_once_a_function_has_started(make_app):
    gc.disable()

    make_app()

    assert gc.isenabled()
