"""`public/latchkey.js` as other front ends use it: on a page of the site that has nothing else.

Answers that a server gives rarely, such as 503, are made between the page and the site.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.cookies import cookies_of
from tests.e2e.browser.site import PASSWORD, Account, Site, new_address, new_title
from tests.support.visitor import wait_for_next_second

EMPTY_PAGE = "/404"
LIST = "latchkey => latchkey.call('GET', '/issues')"
ADD = "(latchkey, title) => latchkey.call('POST', '/issues', { body: { title } })"
WHO = "async latchkey => (await latchkey.session())?.email ?? null"
EXPIRE_TOKEN = """() => {
  const session = JSON.parse(localStorage.getItem("gotrue.user"));
  session.token.expires_at = Date.now() + 59_000;
  localStorage.setItem("gotrue.user", JSON.stringify(session));
}"""

# Ends each wait of the page at once, and keeps how long it would have been.
SKIP_WAITING = """() => {
  window.waited = [];
  window.setTimeout = (then, milliseconds) => {
    window.waited.push(milliseconds);
    queueMicrotask(then);
  };
}"""


def use(page: Page, function: str, *arguments: object) -> Any:
    """What a function of the page answers that is called with the module, and these."""
    code = f"async given => ({function})(await import('/latchkey.js'), ...given)"
    return page.evaluate(code, list(arguments))


def failure_of(page: Page, function: str, *arguments: object) -> dict[str, Any]:
    """The members of the error that the function throws."""
    caught = f"""async (latchkey, ...given) => {{
      try {{
        await ({function})(latchkey, ...given);
      }} catch (error) {{
        const isProblem = error instanceof latchkey.Problem;
        return {{ ...error, name: error.name, message: error.message, isProblem }};
      }}
    }}"""
    return dict(use(page, caught, *arguments))


def begin(page: Page, function: str) -> None:
    """Let the page call the function, and go on."""
    page.evaluate(f"() => {{ window.begun = import('/latchkey.js').then({function}) }}")


def requests_to(page: Page, path: str) -> list[Request]:
    """The requests to such a path from now on, as they are sent."""
    found: list[Request] = []
    page.on("request", lambda sent: found.append(sent) if path in sent.url else None)
    return found


def unavailable(route: Route, **headers: str) -> None:
    route.fulfill(status=503, headers=headers, json={"status": 503, "detail": "No database."})


def unavailable_now(route: Route) -> None:
    unavailable(route, **{"Retry-After": "0"})


def made_but_unavailable(route: Route) -> None:
    route.fetch()
    unavailable_now(route)


@pytest.fixture
def stranger(new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context().new_page()
    page.goto(EMPTY_PAGE)
    return page


@pytest.fixture
def user(open_as: OpenAs, member: Account) -> Page:
    """A page on which a new user of Netlify Identity is signed in."""
    return open_as(member, EMPTY_PAGE)


# Sessions


def test_a_stranger_has_no_session(stranger: Page) -> None:
    assert use(stranger, "latchkey => latchkey.session()") is None
    assert use(stranger, "latchkey => latchkey.mayBeSignedIn()") is False


def test_a_password_signs_in_at_identity(stranger: Page, member: Account) -> None:
    sign_in = "(latchkey, ...given) => latchkey.signInWithPassword(...given)"
    use(stranger, sign_in, member.email, PASSWORD)

    session = use(stranger, "latchkey => latchkey.session()")

    assert (session["email"], session["provider"]) == (member.email, "netlify")
    assert use(stranger, "latchkey => latchkey.mayBeSignedIn()") is True


def test_a_wrong_password_is_a_problem(stranger: Page, member: Account) -> None:
    sign_in = "(latchkey, ...given) => latchkey.signInWithPassword(...given)"

    problem = failure_of(stranger, sign_in, member.email, "wrong")

    assert (problem["status"], problem["code"]) == (400, "invalid_grant")
    assert "password invalid" in problem["detail"]


def test_signing_out_at_identity_revokes_the_refresh_token_also_without_the_functions(
    user: Page, member: Account
) -> None:
    user.route("**/api/logout", unavailable)

    use(user, "latchkey => latchkey.signOut()")

    assert use(user, WHO) is None
    refresh = """(latchkey, refresh_token) => latchkey.callIdentity("POST", "/token",
      new URLSearchParams({ grant_type: "refresh_token", refresh_token }))"""
    problem = failure_of(user, refresh, member.token["refresh_token"])
    assert problem["code"] == "invalid_grant"


@pytest.fixture
def user_of_stytch(stranger: Page, site: Site) -> Page:
    email = new_address()
    use(stranger, "(latchkey, email) => latchkey.signInWithLink(email)", email)
    stranger.goto(site.mail_link(email))
    stranger.goto(EMPTY_PAGE)
    return stranger


def test_a_mailed_link_signs_in_at_stytch(user_of_stytch: Page) -> None:
    session = use(user_of_stytch, "latchkey => latchkey.session()")

    assert session["provider"] == "stytch"
    assert use(user_of_stytch, "latchkey => latchkey.mayBeSignedIn()") is True


def test_signing_out_at_stytch_deletes_the_cookies(user_of_stytch: Page) -> None:
    use(user_of_stytch, "latchkey => latchkey.session()")

    use(user_of_stytch, "latchkey => latchkey.signOut()")

    assert use(user_of_stytch, "latchkey => latchkey.mayBeSignedIn()") is False
    assert cookies_of(user_of_stytch) == {}


def test_a_session_whose_cookies_could_not_be_deleted_stays(user_of_stytch: Page) -> None:
    use(user_of_stytch, "latchkey => latchkey.session()")
    user_of_stytch.route("**/api/logout", unavailable)

    problem = failure_of(user_of_stytch, "latchkey => latchkey.signOut()")

    assert problem["status"] == 503
    assert use(user_of_stytch, "latchkey => latchkey.mayBeSignedIn()") is True


def test_a_page_hears_that_nobody_is_signed_in_any_more(stranger: Page) -> None:
    listen = """async latchkey => {
      let ended = 0;
      latchkey.sessionEvents.addEventListener("ended", () => ended++);
      await latchkey.call("GET", "/me").catch(() => {});
      return ended;
    }"""

    assert use(stranger, listen) == 1


# Tokens of Identity


def test_two_tabs_use_a_refresh_token_once(user: Page, member: Account) -> None:
    other = user.context.new_page()
    other.goto(EMPTY_PAGE)
    user.evaluate(EXPIRE_TOKEN)
    wait_for_next_second()  # two tokens of one second are the same
    held: list[Route] = []
    user.context.route("**/identity/token", lambda route: held.append(route))

    with user.context.expect_event("request", lambda sent: "/identity/token" in sent.url):
        begin(user, WHO)
    begin(other, WHO)
    other.wait_for_function("async () => (await navigator.locks.query()).pending.length === 1")
    held[0].continue_()

    assert [page.evaluate("window.begun") for page in (user, other)] == [member.email] * 2
    assert len(held) == 1


def test_a_token_that_is_refused_is_refreshed_and_the_call_sent_again(
    user: Page, member: Account
) -> None:
    user.route("**/api/me", lambda route: route.fulfill(status=401), times=1)
    calls, refreshes = requests_to(user, "/api/me"), requests_to(user, "/identity/token")
    wait_for_next_second()  # two tokens of one second are the same

    assert use(user, WHO) == member.email

    assert (len(calls), len(refreshes)) == (2, 1)
    assert calls[0].headers["authorization"] != calls[1].headers["authorization"]


def test_a_refresh_that_fails_for_a_while_signs_nobody_out(user: Page, site: Site) -> None:
    user.evaluate(EXPIRE_TOKEN)
    site.fail_next_token_request()

    problem = failure_of(user, WHO)

    assert problem["status"] == 503
    assert use(user, "latchkey => latchkey.mayBeSignedIn()") is True


def test_a_refresh_token_that_is_refused_ends_the_session(
    user: Page, site: Site, member: Account
) -> None:
    site.revoke_sessions(member)
    user.evaluate(EXPIRE_TOKEN)

    assert use(user, WHO) is None
    assert use(user, "latchkey => latchkey.mayBeSignedIn()") is False


# Repeating


def test_a_read_is_repeated_after_a_503_that_says_when(user: Page) -> None:
    user.route("**/api/issues", unavailable_now, times=2)
    sent = requests_to(user, "/api/issues")

    assert use(user, LIST)["status"] == 200
    assert len(sent) == 3


def test_a_repetition_waits_as_long_as_the_answer_says(user: Page) -> None:
    user.evaluate(SKIP_WAITING)
    user.route("**/api/issues", lambda route: unavailable(route, **{"Retry-After": "5"}), times=1)

    assert use(user, LIST)["status"] == 200
    assert user.evaluate("window.waited") == [5000]


def test_the_waits_of_one_call_are_counted_together(user: Page) -> None:
    user.evaluate(SKIP_WAITING)
    user.route("**/api/issues", lambda route: unavailable(route, **{"Retry-After": "3"}))

    assert failure_of(user, LIST)["status"] == 503
    assert user.evaluate("window.waited") == [3000]


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "6"}, {"Retry-After": "soon"}])
def test_a_read_fails_at_once_when_the_wait_is_long_or_not_known(
    user: Page, headers: dict[str, str]
) -> None:
    user.route("**/api/issues", lambda route: unavailable(route, **headers))
    sent = requests_to(user, "/api/issues")

    assert failure_of(user, LIST)["status"] == 503
    assert len(sent) == 1


def test_a_read_that_fails_again_and_again_is_a_problem(user: Page) -> None:
    user.route("**/api/issues", unavailable_now)
    sent = requests_to(user, "/api/issues")

    assert failure_of(user, LIST)["detail"] == "No database."
    assert len(sent) == 3


def test_a_caller_can_do_without_repetition(user: Page) -> None:
    user.route("**/api/issues", unavailable_now)
    sent = requests_to(user, "/api/issues")

    failure_of(user, "latchkey => latchkey.call('GET', '/issues', { retries: 0 })")

    assert len(sent) == 1


def test_an_addition_that_is_repeated_has_the_same_key_and_adds_one_row(
    user: Page, site: Site, member: Account
) -> None:
    user.route("**/api/issues", made_but_unavailable, times=1)
    sent, title = requests_to(user, "/api/issues"), new_title()

    added = use(user, ADD, title)

    assert (added["status"], added["data"]["title"]) == (201, title)
    first, second = (request.headers["idempotency-key"] for request in sent)
    assert first == second
    assert site.titles_of(member) == [title]


def test_each_addition_has_a_key_of_its_own(user: Page) -> None:
    sent = requests_to(user, "/api/issues")

    use(user, ADD, new_title())
    use(user, ADD, new_title())

    first, second = (request.headers["idempotency-key"] for request in sent)
    assert first != second


def test_a_caller_may_choose_the_key(user: Page) -> None:
    sent = requests_to(user, "/api/issues")
    add = """(latchkey, title) => latchkey.call("POST", "/issues",
      { body: { title }, idempotencyKey: "mine" })"""

    use(user, add, new_title())

    assert sent[0].headers["idempotency-key"] == "mine"


def test_a_write_without_a_key_is_not_repeated(user: Page) -> None:
    user.route("**/api/login", unavailable_now)
    sent = requests_to(user, "/api/login")

    failure_of(user, "latchkey => latchkey.signInWithLink('ada@example.com')")

    assert [request.headers.get("idempotency-key") for request in sent] == [None]


# Problems


def test_a_problem_document_is_an_error_with_its_members(user: Page) -> None:
    problem = failure_of(user, ADD, "")

    assert problem["isProblem"]
    assert (problem["name"], problem["status"]) == ("Problem", 422)
    assert problem["code"] == "invalid_fields"
    assert [error["field"] for error in problem["errors"]] == ["title"]
    assert problem["message"] == problem["detail"]
    assert problem["requestId"]


def test_a_call_that_is_not_answered_is_a_problem_without_status(user: Page) -> None:
    user.route("**/api/issues", lambda route: route.abort())

    problem = failure_of(user, LIST)

    assert (problem["isProblem"], problem["status"]) == (True, 0)
    assert "could not be reached" in problem["detail"]


def test_an_answer_that_is_no_json_is_a_problem(user: Page) -> None:
    user.route("**/api/issues", lambda route: route.fulfill(status=200, body="<html>"))

    assert failure_of(user, LIST)["status"] == 502


def test_what_api_gateway_says_is_the_detail(user: Page) -> None:
    user.route("**/api/issues", lambda route: route.fulfill(status=500, json={"message": "Hm"}))

    assert failure_of(user, LIST)["detail"] == "Hm"


def test_a_call_that_is_aborted_throws_the_reason(user: Page) -> None:
    abort = """latchkey => {
      const controller = new AbortController();
      const called = latchkey.call("GET", "/issues", { signal: controller.signal });
      controller.abort();
      return called;
    }"""

    assert failure_of(user, abort)["name"] == "AbortError"


# Addresses and pages


def test_a_call_fills_in_the_path(user: Page, site: Site, member: Account) -> None:
    issue = site.create_issue(member, new_title())
    read = "(latchkey, id) => latchkey.call('GET', '/issues/{id}', { path: { id } })"

    assert use(user, read, issue["id"])["data"]["title"] == issue["title"]


def test_a_call_that_lacks_a_part_of_the_path_is_not_sent(user: Page) -> None:
    sent = requests_to(user, "/api/")

    error = failure_of(user, "latchkey => latchkey.call('DELETE', '/issues/{id}', { path: {} })")

    assert error["message"] == "/issues/{id} needs id in path."
    assert sent == []


def test_a_list_is_read_page_by_page(user: Page, site: Site, member: Account) -> None:
    titles = [site.create_issue(member, new_title())["title"] for _ in range(3)]
    read = """async latchkey => {
      const titles = [];
      const query = { limit: 2, assignee: "me", status: undefined };
      for await (const issue of latchkey.rows("/issues", { query })) titles.push(issue.title);
      return titles;
    }"""
    sent = requests_to(user, "/api/issues")

    assert use(user, read) == titles[::-1]
    assert len(sent) == 2


def test_an_answer_has_the_query_of_the_next_page(user: Page, site: Site, member: Account) -> None:
    titles = [site.create_issue(member, new_title())["title"] for _ in range(2)]
    read = """async latchkey => {
      const query = { limit: 1, assignee: "me" };
      const first = await latchkey.call("GET", "/issues", { query });
      const second = await latchkey.call("GET", "/issues", { query: first.next });
      return [...first.data, ...second.data].map((issue) => issue.title).concat([second.next]);
    }"""

    assert use(user, read) == [*titles[::-1], None]


def test_the_functions_may_be_elsewhere(user: Page, member: Account) -> None:
    move = """latchkey => {
      latchkey.addresses.api = location.origin + "/.netlify/functions/get";
    }"""
    use(user, move)
    sent = requests_to(user, "/.netlify/functions/get/me")

    assert use(user, WHO) == member.email
    assert len(sent) == 1
