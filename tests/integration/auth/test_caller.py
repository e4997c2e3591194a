"""shared/http/caller.py: who is calling, asked of an HTTP request, and what the answer carries."""

from __future__ import annotations

import base64
import json
from http.cookies import SimpleCookie

import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from shared.errors import NotAssignee
from shared.http import caller
from tests.support.asgi import ask
from tests.support.events import ClientContext, LambdaContext, context_of_netlify
from tests.support.world import context, forged

ASKED = ["POST /v1/sessions/authenticate"]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
CROSS_SITE = {"Sec-Fetch-Site": "cross-site"}


def email_endpoint(question):
    async def endpoint(request):
        return JSONResponse(question(request).email)

    return endpoint


def as_the_only_assignee(request):
    """Something that an admin alone may do, since the issue is somebody else's."""

    def operate(principal):
        if not principal.is_admin:
            raise NotAssignee
        return principal

    return caller.retry_as_admin(request, caller.member(request), operate)


METHODS = ["GET", "POST"]


@pytest.fixture
def app(configure_for_world):
    routes = [
        Route("/member", email_endpoint(caller.member), methods=METHODS),
        Route("/confirmed-member", email_endpoint(caller.confirmed_member), methods=METHODS),
        Route("/admin", email_endpoint(caller.admin), methods=METHODS),
        Route("/assignee", email_endpoint(as_the_only_assignee), methods=METHODS),
    ]
    return application("get", routes)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def cookies(**named):
    pairs = {"stytch_session": named.get("token"), "stytch_session_jwt": named.get("jwt")}
    header = "; ".join(f"{name}={value}" for name, value in pairs.items() if value)
    return {"Cookie": header} | SAME_SITE


def both_cookies(world):
    return cookies(jwt=world.stytch_jwt, token=world.stytch_token)


def status_and_code(answer):
    """Status and code, or status and whose request it was."""
    content = answer.json()
    return answer.status, content if isinstance(content, str) else content["code"]


def cookies_set(answer):
    jar = SimpleCookie()
    for header in answer.headers.getlist("set-cookie"):
        jar.load(header)
    return {name: (morsel.value, morsel["max-age"]) for name, morsel in jar.items()}


GONE = {"stytch_session": ("", "0"), "stytch_session_jwt": ("", "0")}


def test_a_bearer_says_who_is_calling(app, world):
    answer = ask(app, "GET", "/member", headers=bearer(world.stytch_jwt))

    assert status_and_code(answer) == (200, "ada@example.com")


@pytest.mark.parametrize("header", ["bearer {}", "BEARER {}", "Bearer   {} "])
def test_a_bearer_may_be_written_in_any_case_and_with_more_spaces(app, world, header):
    answer = ask(app, "GET", "/member", headers={"Authorization": header.format(world.stytch_jwt)})

    assert answer.status == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Token x", "x"])
def test_any_other_authorization_is_refused(app, world, header):
    headers = both_cookies(world) | {"Authorization": header}

    assert status_and_code(ask(app, "GET", "/member", headers=headers)) == (
        401,
        "authorization_unsupported",
    )


def test_cookies_say_who_is_calling(app, world):
    answer = ask(app, "GET", "/member", headers=both_cookies(world))

    assert status_and_code(answer) == (200, "ada@example.com")


def test_nobody_is_asked_to_sign_in(app):
    assert status_and_code(ask(app, "GET", "/member")) == (401, "no_credentials")


def test_the_user_of_the_client_context_says_who_is_calling(app):
    user = {"user": {"sub": "1", "email": "grace@example.com"}}
    text = base64.b64encode(json.dumps(user).encode()).decode()
    context = LambdaContext(client_context=ClientContext({"netlify": text}))

    answer = ask(app, "GET", "/member", context=context)

    assert status_and_code(answer) == (200, "grace@example.com")


def test_a_client_context_that_cannot_be_read_is_malformed(app):
    context = LambdaContext(client_context=ClientContext({"netlify": "%"}))

    assert status_and_code(ask(app, "GET", "/member", context=context)) == (
        400,
        "client_context_malformed",
    )


def test_a_client_context_without_custom_says_nothing(app):
    context = LambdaContext(client_context=ClientContext(None))

    assert status_and_code(ask(app, "GET", "/member", context=context)) == (401, "no_credentials")


def test_the_same_words_in_a_header_are_never_believed(app):
    user = {"custom": {"netlify": {"user": {"sub": "1", "email": "eve@example.com"}}}}
    text = base64.b64encode(json.dumps(user).encode()).decode()
    headers = {"X-Amz-Client-Context": text, "X-Nf-Identity-Info": text, "Client-Context": text}

    assert status_and_code(ask(app, "GET", "/member", headers=headers)) == (401, "no_credentials")


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("POST", 403)])
def test_another_sites_page_may_read_but_not_write_with_our_cookies(app, world, method, status):
    answer = ask(app, method, "/member", headers=both_cookies(world) | CROSS_SITE)

    assert answer.status == status


def test_a_refused_write_of_another_site_costs_nobody_a_session(app, world):
    answer = ask(app, "POST", "/member", headers=cookies(token=world.stytch_token) | CROSS_SITE)

    assert (world.calls, cookies_set(answer)) == ([], {})


def test_a_bearer_is_nothing_that_a_browser_sends_by_itself(app, world):
    answer = ask(app, "POST", "/member", headers=bearer(world.stytch_jwt) | CROSS_SITE)

    assert answer.status == 200


def test_cookies_beside_a_bearer_do_not_make_it_another_sites_write(app, world):
    headers = both_cookies(world) | bearer(world.stytch_jwt) | CROSS_SITE

    assert ask(app, "POST", "/member", headers=headers).status == 200


def test_a_session_that_was_asked_about_gets_new_cookies(app, world):
    answer = ask(app, "GET", "/member", headers=cookies(token=world.stytch_token))

    kept = cookies_set(answer)
    assert set(kept) == {"stytch_session", "stytch_session_jwt"}
    assert kept["stytch_session"][0] == world.stytch_token


def test_a_session_that_nobody_was_asked_about_keeps_its_cookies(app, world):
    assert cookies_set(ask(app, "GET", "/member", headers=both_cookies(world))) == {}


def test_a_bearer_gets_no_cookies(app, world):
    assert cookies_set(ask(app, "GET", "/member", headers=bearer(world.stytch_token))) == {}


@pytest.mark.parametrize("token", ["A" * 44, "garbage"])
def test_cookies_of_a_session_that_is_over_are_cleared(app, token):
    answer = ask(app, "GET", "/member", headers=cookies(token=token))

    assert (answer.status, cookies_set(answer)) == (401, GONE)


def test_a_bad_bearer_clears_no_cookies(app, world):
    answer = ask(app, "GET", "/member", headers=both_cookies(world) | bearer("A" * 44))

    assert (answer.status, cookies_set(answer)) == (401, {})


def test_a_forged_jwt_beside_cookies_is_refused(app, world):
    answer = ask(
        app, "GET", "/member", headers=both_cookies(world) | bearer(forged(world.stytch_jwt))
    )

    assert status_and_code(answer) == (401, "token_invalid")


def test_while_stytch_is_in_trouble_no_cookie_is_cleared(app, world):
    world.emulator.admin("POST", "/faults", kind="bad_gateway")

    answer = ask(app, "GET", "/member", headers=cookies(token=world.stytch_token))

    assert (status_and_code(answer), cookies_set(answer)) == ((503, "stytch_unavailable"), {})
    assert answer.headers["retry-after"].isdigit()


def test_whoever_must_be_confirmed_is_asked_about(app, world):
    answer = ask(app, "GET", "/confirmed-member", headers=both_cookies(world))

    assert (status_and_code(answer), world.calls) == ((200, "ada@example.com"), ASKED)


def test_who_is_no_admin_is_refused(app, world):
    answer = ask(app, "POST", "/admin", headers=bearer(world.stytch_jwt))

    assert status_and_code(answer) == (403, "admin_only")


@pytest.fixture(scope="module")
def chief(world):
    """Signed in before the project's trusted metadata made an admin of them."""
    session = world.emulator.sign_in("chief@example.com")
    world.emulator.client().users.update(session.user_id, trusted_metadata={"roles": ["admin"]})
    return session


@pytest.mark.parametrize("path", ["/admin", "/assignee"])
def test_a_role_that_the_jwt_does_not_carry_is_asked_for(app, world, chief, path):
    world.forget_calls()

    answer = ask(app, "POST", path, headers=bearer(chief.session_jwt))

    assert (status_and_code(answer), world.calls) == ((200, "chief@example.com"), ASKED)


def test_what_is_somebody_elses_is_refused_to_others(app, world):
    answer = ask(app, "POST", "/assignee", headers=bearer(world.stytch_jwt))

    assert status_and_code(answer) == (403, "not_assignee")


@pytest.mark.parametrize("path", ["/admin", "/assignee"])
def test_an_admin_whom_the_jwt_names_is_asked_about_all_the_same(
    world, app, configure_for_world, path
):
    configure_for_world(ADMIN_EMAILS="ada@example.com")

    answer = ask(app, "POST", path, headers=bearer(world.stytch_jwt))

    assert (answer.status, world.calls) == (200, ASKED)


def context_of(world, **claims):
    """The context of an invocation by Netlify's gateway, for the Identity user of this world."""
    operator = context(world).identity
    user = {"sub": world.identity_user_id, "email": "grace@example.com"} | claims
    identity = {"url": operator.url, "token": operator.operator_token}
    return context_of_netlify({"identity": identity, "user": user})


@pytest.mark.parametrize("path", ["/admin", "/assignee"])
def test_an_admin_whom_netlify_has_demoted_acts_as_one_no_more(app, world, path):
    claims = {"app_metadata": {"roles": ["admin"]}}

    answer = ask(app, "POST", path, context=context_of(world, **claims))

    assert answer.status == 403


@pytest.mark.parametrize("path", ["/admin", "/assignee"])
def test_an_admin_of_netlifys_is_one_while_identity_says_so(app, world, configure_for_world, path):
    configure_for_world(ADMIN_EMAILS="grace@example.com")

    answer = ask(app, "POST", path, context=context_of(world))

    assert answer.status == 200
    assert world.calls == [f"GET /admin/users/{world.identity_user_id}"]


def test_an_assignee_asks_nobody(app, world):
    answer = ask(app, "POST", "/member", headers=bearer(world.stytch_jwt))

    assert (answer.status, world.calls) == (200, [])


def test_where_all_is_confirmed_every_request_asks_its_provider(app, world, configure_for_world):
    configure_for_world(CONFIRM="always")

    stytch = ask(app, "GET", "/member", headers=bearer(world.stytch_jwt))
    netlify = ask(app, "GET", "/member", context=context_of(world))

    assert (stytch.status, netlify.status) == (200, 200)
    assert world.calls == [*ASKED, f"GET /admin/users/{world.identity_user_id}"]


def test_a_token_in_the_query_is_nothing_unless_the_setting_allows_it(app, world):
    answer = ask(app, "GET", "/member", query=f"token={world.stytch_token}")

    assert status_and_code(answer) == (401, "no_credentials")


def test_a_token_in_the_query_of_a_write_is_nothing(app, world, configure_for_world):
    configure_for_world(TOKEN_IN_QUERY="on")

    answer = ask(app, "POST", "/member", query=f"token={world.stytch_token}")

    assert status_and_code(answer) == (401, "no_credentials")


def test_a_bearer_comes_before_a_token_in_the_query(app, world, configure_for_world):
    configure_for_world(TOKEN_IN_QUERY="on")

    answer = ask(app, "GET", "/member", query=f"token={'A' * 44}", headers=bearer(world.stytch_jwt))

    assert status_and_code(answer) == (200, "ada@example.com")


def as_a_reader_of_users(request):
    principal = caller.member(request)
    caller.refuse_reading_users(request, principal)
    return principal


@pytest.fixture
def reading_users(configure_for_world):
    """Reads other people's rows in `users`; the settings are those of the test."""

    def application_with(**values):
        configure_for_world(**values)
        return application("get", [Route("/users", email_endpoint(as_a_reader_of_users))])

    return application_with


def test_members_read_users_and_nobody_is_asked(reading_users, world):
    answer = ask(reading_users(), "GET", "/users", headers=bearer(world.stytch_jwt))

    assert (answer.status, world.calls) == (200, [])


@pytest.mark.parametrize("kind", ["stytch_jwt", "stytch_token"])
def test_where_admins_alone_read_users_the_provider_is_asked_once(reading_users, world, kind):
    app = reading_users(USERS_VISIBLE="admins", ADMIN_EMAILS="ada@example.com")

    answer = ask(app, "GET", "/users", headers=bearer(getattr(world, kind)))

    assert (answer.status, world.calls) == (200, ASKED)


def test_where_admins_alone_read_users_a_demoted_admin_does_not(reading_users, world):
    app = reading_users(USERS_VISIBLE="admins")
    claims = {"app_metadata": {"roles": ["admin"]}}

    answer = ask(app, "GET", "/users", context=context_of(world, **claims))

    assert status_and_code(answer) == (403, "admin_only")
