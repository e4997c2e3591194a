"""shared/auth/auth.py: who is calling, by each kind of credential, against the real emulators."""

from __future__ import annotations

import pytest
import requests

from shared.auth.auth import Credentials, SignedIn, authenticate, confirm
from shared.auth.client_context import Identity, NetlifyContext
from shared.auth.sign_out import stytch_sessions
from shared.errors import LatchkeyError, Unauthenticated, Unavailable
from tests.support.world import context, credentials_for, identity_user

pytestmark = pytest.mark.usefixtures("configure_for_world")

ADA, GRACE = "ada@example.com", "grace@example.com"
ASKED = ["POST /v1/sessions/authenticate"]
NOBODY_LISTENS = "http://127.0.0.1:9"


def outcome(question, credentials: Credentials) -> str:
    """Whose call it is, or the code of the refusal."""
    try:
        return question(credentials).principal.email
    except LatchkeyError as refusal:
        return refusal.code


@pytest.mark.parametrize(
    ("what", "expected", "calls"),
    [
        ("nothing", "no_credentials", []),
        ("netlify user", GRACE, []),
        ("netlify user, expired", "token_expired", []),
        ("netlify user, no email", "identity_user_incomplete", []),
        ("netlify without user", "no_credentials", []),
        ("identity token", GRACE, []),
        ("identity token, forged", "token_invalid", []),
        ("identity token, expired", "token_expired", []),
        ("jwt", ADA, []),
        ("jwt, unsigned", "token_invalid", []),
        ("jwt, forged", "token_invalid", []),
        ("jwt, HS256", "identity_user_incomplete", []),
        ("jwt, too long", "token_malformed", []),
        ("jwt, not ascii", "token_malformed", []),
        ("opaque", ADA, ASKED),
        ("opaque, unknown", "session_invalid", ASKED),
        ("opaque, garbage", "token_malformed", []),
        ("dots", "token_malformed", []),
        ("nested header", "token_malformed", []),
        ("empty", "token_malformed", []),
        ("cookies", ADA, []),
        ("jwt cookie", ADA, []),
        ("token cookie", ADA, ASKED),
        ("token cookie, unknown", "session_invalid", ASKED),
        ("token cookie, garbage", "token_malformed", []),
        ("jwt cookie, garbage", "token_malformed", []),
        ("jwt cookie, identity's", "token_invalid", []),
        ("jwt cookie spoilt", ADA, ASKED),
        ("both cookies spoilt", "token_malformed", []),
    ],
)
def test_each_credential_has_its_outcome_and_its_cost(world, what, expected, calls):
    found = outcome(authenticate, Credentials(**credentials_for(world, what)))

    assert (found, world.calls) == (expected, calls)


@pytest.mark.parametrize(
    ("what", "expected", "calls"),
    [
        ("nothing", "no_credentials", []),
        ("netlify user", GRACE, ["GET /admin/users/{id}"]),
        ("identity token", GRACE, ["GET /user"]),
        ("jwt", ADA, ASKED),
        ("jwt, forged", "token_invalid", []),
        ("opaque", ADA, ASKED),
        ("opaque, unknown", "session_invalid", ASKED),
        ("cookies", ADA, ASKED),
        ("jwt cookie", ADA, ASKED),
        ("token cookie", ADA, ASKED),
        ("jwt cookie spoilt", ADA, ASKED),
        ("jwt cookies, one forged", ADA, ASKED),
        ("jwt cookie, token cookie unknown", ADA, 2 * ASKED),
    ],
)
def test_to_confirm_asks_the_provider_once_for_each_session(world, what, expected, calls):
    found = outcome(confirm, Credentials(**credentials_for(world, what)))

    asked = [call.replace(world.identity_user_id, "{id}") for call in world.calls]
    assert (found, asked) == (expected, calls)


@pytest.mark.parametrize("what", ["netlify user", "identity token", "jwt", "opaque", "cookies"])
def test_whoever_is_confirmed_is_marked_so(world, what):
    assert confirm(Credentials(**credentials_for(world, what))).principal.confirmed


@pytest.mark.parametrize("what", ["netlify user", "identity token", "jwt", "cookies"])
def test_whoever_was_told_on_the_spot_is_not_marked_as_confirmed(world, what):
    assert not authenticate(Credentials(**credentials_for(world, what))).principal.confirmed


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("netlify user", "jwt", GRACE),
        ("netlify user", "cookies", GRACE),
        ("netlify user, expired", "cookies", "token_expired"),
        ("netlify without user", "jwt", ADA),
        ("netlify without user", "cookies", ADA),
        ("identity token", "cookies", GRACE),
        ("jwt, forged", "cookies", "token_invalid"),
        ("opaque, unknown", "cookies", "session_invalid"),
        ("opaque, garbage", "cookies", "token_malformed"),
        ("empty", "cookies", "token_malformed"),
        ("identity token, expired", "cookies", "token_expired"),
    ],
)
def test_the_first_credential_that_is_there_decides(world, first, then, expected):
    both = Credentials(**(credentials_for(world, then) | credentials_for(world, first)))

    assert outcome(authenticate, both) == expected


@pytest.mark.parametrize("what", ["jwt", "cookies", "jwt cookie"])
def test_a_jwt_that_is_too_old_is_asked_about(world, configure_for_world, what):
    configure_for_world(STYTCH_JWT_MAX_AGE="0")

    found = outcome(authenticate, Credentials(**credentials_for(world, what)))

    assert (found, world.calls) == (ADA, ASKED)


@pytest.mark.parametrize("what", ["opaque", "token cookie"])
def test_a_session_that_was_asked_about_goes_on_with_new_tokens(world, what):
    session = authenticate(Credentials(**credentials_for(world, what))).session

    assert session.session_token == world.stytch_token
    assert session.session_jwt.count(".") == 2


def test_a_session_that_nobody_was_asked_about_brings_no_new_tokens(world):
    signed_in = authenticate(Credentials(bearer=world.stytch_jwt))

    assert signed_in == SignedIn(signed_in.principal, session=None)


@pytest.mark.parametrize("what", ["opaque", "token cookie", "jwt cookie spoilt"])
def test_while_stytch_is_down_nobody_can_say(world, configure_for_world, what):
    configure_for_world(STYTCH_BASE_URL=NOBODY_LISTENS)

    assert (
        outcome(authenticate, Credentials(**credentials_for(world, what))) == "stytch_unavailable"
    )


@pytest.mark.parametrize("what", ["jwt", "cookies", "identity token", "netlify user"])
def test_while_stytch_is_down_what_can_be_told_on_the_spot_is_told(
    world, configure_for_world, what
):
    configure_for_world(STYTCH_BASE_URL=NOBODY_LISTENS)

    assert outcome(authenticate, Credentials(**credentials_for(world, what))) in {ADA, GRACE}


def test_before_any_key_is_known_a_stytch_that_is_down_cannot_say(world, configure):
    configure(STYTCH_BASE_URL=NOBODY_LISTENS)

    with pytest.raises(Unavailable):
        authenticate(Credentials(bearer=world.stytch_jwt))


@pytest.mark.parametrize("kind", ["too_many_requests", "internal_server_error", "bad_gateway"])
def test_a_stytch_in_trouble_is_no_verdict_on_the_session(world, kind):
    world.emulator.admin("POST", "/faults", kind=kind)

    assert outcome(authenticate, Credentials(bearer=world.stytch_token)) == "stytch_unavailable"


def test_wrong_credentials_of_our_own_are_no_verdict_on_the_session(world, configure_for_world):
    configure_for_world(STYTCH_SECRET="wrong")

    assert outcome(authenticate, Credentials(bearer=world.stytch_token)) == "stytch_credentials"


def test_a_new_key_of_stytchs_is_fetched(world):
    world.emulator.admin("POST", "/keys").raise_for_status()
    newer = world.emulator.sign_in("newcomer@example.com").session_jwt
    world.forget_calls()

    assert outcome(authenticate, Credentials(bearer=newer)) == "newcomer@example.com"
    assert [call.split("/project")[0] for call in world.calls] == ["GET /v1/sessions/jwks"]


@pytest.mark.parametrize("kind", ["m2m", "connected_app"])
def test_a_token_that_stytch_signed_for_something_else_is_no_session(world, kind):
    minted = world.emulator.admin("POST", "/tokens", kind=kind, user_id=world.stytch_user_id)

    found = outcome(authenticate, Credentials(bearer=minted.json()["access_token"]))

    assert (found, world.calls) == ("not_a_session", [])


def test_without_the_secret_identity_is_asked_whose_token_it_is(world, configure_for_world):
    configure_for_world(NETLIFY_IDENTITY_SECRET="")

    found = outcome(authenticate, Credentials(bearer=world.identity_token))

    assert (found, world.calls) == (GRACE, ["GET /user"])


def test_a_user_whom_identity_has_deleted_is_not_confirmed(world):
    token, user_id = identity_user(world.identity.url, "gone@example.com")
    operator = context(world).identity
    headers = {"Authorization": f"Bearer {operator.operator_token}"}
    requests.delete(f"{operator.url}/admin/users/{user_id}", headers=headers, timeout=10)

    assert authenticate(Credentials(bearer=token)).principal.email == "gone@example.com"
    with pytest.raises(Unauthenticated):
        confirm(Credentials(bearer=token))


def test_a_session_that_was_revoked_is_not_confirmed(world):
    session = world.emulator.sign_in("leaver@example.com")
    authenticate(Credentials(bearer=session.session_jwt))

    world.emulator.client().sessions.revoke(session_token=session.session_token)

    with pytest.raises(Unauthenticated):
        confirm(Credentials(bearer=session.session_jwt))


def test_a_user_of_netlifys_without_an_instance_to_ask_cannot_be_confirmed():
    user = {"sub": "1", "email": GRACE}

    with pytest.raises(LatchkeyError) as refused:
        confirm(Credentials(netlify=NetlifyContext(None, user)))

    assert refused.value.code == "identity_unknown"


def test_while_identity_is_down_nobody_is_confirmed_and_nobody_is_refused():
    down = NetlifyContext(Identity(NOBODY_LISTENS, "x"), {"sub": "1", "email": GRACE})

    with pytest.raises(Unavailable):
        confirm(Credentials(netlify=down))


@pytest.mark.parametrize(
    ("what", "cookies"),
    [
        ("nothing", False),
        ("jwt", False),
        ("netlify user", False),
        ("cookies", True),
        ("token cookie", True),
        ("jwt cookie", True),
    ],
)
def test_cookies_are_what_a_browser_sent_by_itself(world, what, cookies):
    assert Credentials(**credentials_for(world, what)).only_cookies is cookies


def test_cookies_beside_a_bearer_do_not_count(world):
    both = Credentials(**(credentials_for(world, "cookies") | credentials_for(world, "jwt")))

    assert (both.only_cookies, both.has_cookies) == (False, True)


@pytest.mark.parametrize(
    ("what", "kinds"),
    [
        ("nothing", []),
        ("identity token", []),
        ("opaque, garbage", []),
        ("jwt cookie, garbage", []),
        ("opaque", ["session_token"]),
        ("jwt", ["session_jwt"]),
        ("cookies", ["session_token", "session_jwt"]),
        ("jwt cookie", ["session_jwt"]),
    ],
)
def test_the_sessions_that_the_call_sent_are_named(world, what, kinds):
    found = stytch_sessions(Credentials(**credentials_for(world, what)))

    assert [token.kind for token in found] == kinds


def test_the_sessions_of_cookies_beside_a_bearer_are_named_too(world):
    both = Credentials(**(credentials_for(world, "cookies") | credentials_for(world, "jwt")))

    assert len(stytch_sessions(both)) == 3


@pytest.mark.parametrize(
    "tokens", [("A" * 44, "good"), ("good", "A" * 44), ("garbage", "A" * 44, "good")]
)
def test_any_good_one_of_several_cookies_is_enough(world, tokens):
    sent = tuple(world.stytch_token if token == "good" else token for token in tokens)

    assert outcome(authenticate, Credentials(cookie_tokens=sent)) == ADA


def test_what_cannot_be_a_token_does_not_stand_before_a_good_one(world):
    sent = (*(f"garbage {number}" for number in range(19)), world.stytch_token)

    assert outcome(authenticate, Credentials(cookie_tokens=sent)) == ADA


def test_stytch_is_asked_about_five_cookies_at_most(world):
    sent = tuple(letter * 44 for letter in "ABCDEFGH")

    assert outcome(authenticate, Credentials(cookie_tokens=sent)) == "session_invalid"
    assert len(world.calls) == 5


@pytest.mark.parametrize("jwts", [("a.b.c", "good"), ("good", "a.b.c")])
def test_any_good_one_of_several_jwt_cookies_is_enough(world, jwts):
    sent = tuple(world.stytch_jwt if token == "good" else token for token in jwts)

    assert (outcome(authenticate, Credentials(cookie_jwts=sent)), world.calls) == (ADA, [])


def test_an_outage_during_the_question_about_one_cookie_is_no_verdict_on_the_others(world):
    world.emulator.admin("POST", "/faults", kind="bad_gateway")

    found = outcome(authenticate, Credentials(cookie_tokens=("A" * 44, world.stytch_token)))

    assert found == "stytch_unavailable"


def test_no_credential_is_ever_shown(world):
    shown = repr(
        Credentials(**(credentials_for(world, "cookies") | credentials_for(world, "opaque")))
    )

    assert (world.stytch_token in shown, world.stytch_jwt in shown) == (False, False)
