"""functions/logout.py: every session that the request brought ends, or the answer names which."""

from __future__ import annotations

import pytest
from starlette.routing import Route

from shared.application import application
from tests.support.asgi import ask

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
SIGNED_OUT = "POST /logout"


@pytest.fixture
def app(configure_for_world):
    """The function; it reads the settings when it is imported."""
    from functions.logout import logout

    return application("logout", [Route("/logout", logout, methods=["POST"])])


@pytest.fixture
def session(world):
    """Somebody who has just signed in with a magic link."""
    world.emulator.advance(minutes=1)
    session = world.emulator.sign_in("leaver@example.com")
    world.forget_calls()
    return session


def cookies(*tokens, jwts=()):
    sent = [f"stytch_session={token}" for token in tokens]
    sent += [f"stytch_session_jwt={token}" for token in jwts]
    return {"Cookie": "; ".join(sent)} | SAME_SITE


def is_alive(world, session):
    answer = world.emulator.call(
        "POST", "/v1/sessions/authenticate", json={"session_token": session.session_token}
    )
    return answer.status_code == 200


def clears_cookies(answer):
    return any("Max-Age=0" in cookie for cookie in answer.headers.getlist("set-cookie"))


def test_an_identity_bearer_and_cookies_end_the_sessions_of_both_providers(app, world, session):
    headers = cookies(session.session_token, jwts=[session.session_jwt])
    bearer = {"Authorization": f"Bearer {world.identity_token}"}

    answer = ask(app, "POST", "/logout", headers=headers | bearer)

    assert (answer.status, SIGNED_OUT in world.calls) == (200, True)
    assert not is_alive(world, session)


def test_the_session_of_every_duplicate_cookie_ends(app, world, session):
    world.emulator.advance(minutes=1)
    other = world.emulator.sign_in("other@example.com")
    headers = cookies(session.session_token, "A" * 44, other.session_token)

    answer = ask(app, "POST", "/logout", headers=headers)

    assert (answer.status, is_alive(world, session), is_alive(world, other)) == (200, False, False)


def test_a_session_behind_many_other_cookies_ends(app, world, session):
    others = [f"{number:044}" for number in range(19)]

    answer = ask(app, "POST", "/logout", headers=cookies(*others, session.session_token))

    assert (answer.status, is_alive(world, session)) == (200, False)


def test_more_cookies_than_are_read_end_nothing_and_stay(app, world, session):
    others = [f"{number:044}" for number in range(20)]

    answer = ask(app, "POST", "/logout", headers=cookies(*others, session.session_token))

    assert (answer.status, answer.json()["code"]) == (400, "cookies_too_many")
    assert (clears_cookies(answer), is_alive(world, session)) == (False, True)


def test_while_stytch_is_in_trouble_the_cookies_stay_and_the_step_is_told(app, world, session):
    world.emulator.admin("POST", "/faults", kind="bad_gateway", count=1)

    answer = ask(app, "POST", "/logout", headers=cookies(session.session_token))

    assert (answer.status, answer.json()["step"]) == (503, "stytch")
    assert not clears_cookies(answer)


def test_while_identity_is_down_its_step_is_told_and_stytchs_session_is_over(
    app, world, session, configure_for_world
):
    configure_for_world(NETLIFY_IDENTITY_URL="http://127.0.0.1:9")
    bearer = {"Authorization": f"Bearer {world.identity_token}"}

    answer = ask(app, "POST", "/logout", headers=cookies(session.session_token) | bearer)

    assert (answer.status, answer.json()["step"]) == (503, "identity")
    assert (clears_cookies(answer), is_alive(world, session)) == (True, False)


def test_a_call_without_a_session_asks_nobody(app, world):
    answer = ask(app, "POST", "/logout")

    assert (answer.status, world.calls) == (200, [])


def test_a_logout_can_be_repeated(app, world, session):
    headers = cookies(session.session_token)
    ask(app, "POST", "/logout", headers=headers)

    assert ask(app, "POST", "/logout", headers=headers).status == 200


EVERYWHERE = b'{"everywhere": true}'


@pytest.fixture
def elsewhere(world, session):
    """The same person in another browser."""
    world.emulator.advance(minutes=1)
    elsewhere = world.emulator.sign_in("leaver@example.com")
    world.forget_calls()
    return elsewhere


def test_everywhere_ends_the_other_sessions_first_so_that_it_can_be_repeated(
    app, world, session, elsewhere
):
    headers = cookies(session.session_token)
    fault = {"kind": "bad_gateway", "path": "/v1/sessions/revoke", "count": 1}
    world.emulator.admin("POST", "/faults", **fault)

    first = ask(app, "POST", "/logout", headers=headers, body=EVERYWHERE)
    second = ask(app, "POST", "/logout", headers=headers, body=EVERYWHERE)

    assert (first.status, first.json()["step"], clears_cookies(first)) == (503, "stytch", False)
    assert (second.status, is_alive(world, session), is_alive(world, elsewhere)) == (
        200,
        False,
        False,
    )


def test_everywhere_with_a_session_that_is_over_says_that_nothing_ended(
    app, world, session, elsewhere
):
    headers = cookies(session.session_token)
    ask(app, "POST", "/logout", headers=headers)

    answer = ask(app, "POST", "/logout", headers=headers, body=EVERYWHERE)

    assert (answer.status, answer.json()["code"]) == (401, "session_invalid")
    assert (clears_cookies(answer), is_alive(world, elsewhere)) == (True, True)


def test_everywhere_with_a_token_that_identity_refuses_says_that_nothing_ended(app, world):
    head, body, signature = world.identity_token.split(".")
    bearer = {"Authorization": f"Bearer {head}.{body}.{signature[::-1]}"}

    answer = ask(app, "POST", "/logout", headers=bearer, body=EVERYWHERE)

    assert answer.status == 401


def test_a_body_that_is_no_json_ends_nothing(app, world, session):
    answer = ask(app, "POST", "/logout", headers=cookies(session.session_token), body=b"all")

    assert (answer.status, is_alive(world, session)) == (400, True)
