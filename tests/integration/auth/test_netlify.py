"""shared/auth/netlify.py: the principals of Identity's claims, tokens and answers."""

from __future__ import annotations

import json
import time

import jwt
import pytest
from starlette.responses import Response

from shared.auth.client_context import Identity
from shared.auth.identity_admin import find_user
from shared.auth.netlify import (
    ask_by_id,
    ask_by_token,
    configured_identity,
    delete_user,
    principal_of_user,
    sign_out,
    verify_bearer,
)
from shared.auth.principal import Principal
from shared.errors import Unauthenticated, Unavailable
from tests.support.configuration import IDENTITY_SECRET
from tests.support.upstreams import serving, static_answer

USER = {
    "sub": "6b1f",
    "email": "Ada@Example.com",
    "exp": time.time() + 3600,
    "app_metadata": {"provider": "email", "roles": ["admin", "editor"]},
    "user_metadata": {"full_name": "Ada Lovelace"},
}
ADA = Principal("netlify:6b1f", "netlify", "ada@example.com", "Ada Lovelace", ("admin", "editor"))
HERE = Identity("http://127.0.0.1:9", "operator")
ODD_VALUES = [None, [], {}, 5, True, "", ["x"], {"a": 1}]


@pytest.fixture(autouse=True)
def configured(configure):
    return configure()


def principal(**changes):
    return principal_of_user(USER | changes)


def identity_token(secret=IDENTITY_SECRET, algorithm="HS256", **claims):
    return jwt.encode(USER | claims, secret, algorithm=algorithm)


def test_a_user_becomes_a_principal():
    assert principal() == ADA


@pytest.mark.parametrize("claim", ["sub", "email"])
@pytest.mark.parametrize("value", ODD_VALUES)
def test_a_user_without_sub_or_email_is_nobody(claim, value):
    with pytest.raises(Unauthenticated) as refused:
        principal(**{claim: value})

    assert refused.value.code == "identity_user_incomplete"


@pytest.mark.parametrize("expires", [0, -1, 1.5, "soon", "9999999999", [], {}, float("nan")])
def test_a_user_whose_time_is_over_or_unreadable_is_nobody(expires):
    with pytest.raises(Unauthenticated) as refused:
        principal(exp=expires)

    assert refused.value.code == "token_expired"


def test_a_user_who_comes_without_a_time_has_been_checked_by_netlify():
    assert principal(exp=None) == ADA


@pytest.mark.parametrize("metadata", [*ODD_VALUES, "text", {"full_name": None}])
def test_without_a_full_name_the_address_is_the_name(metadata):
    assert principal(user_metadata=metadata).name == "ada@example.com"


@pytest.mark.parametrize("name", [None, "", "   ", 5, [], ["Ada"], {"first": "Ada"}])
def test_a_full_name_that_is_no_text_gives_way_to_the_address(name):
    assert principal(user_metadata={"full_name": name}).name == "ada@example.com"


@pytest.mark.parametrize("name", ["Zoë 🦊", "李小龍", "O'Brien", "👩\u200d💻", "می\u200cخواهم"])
def test_a_full_name_may_be_in_any_script(name):
    assert principal(user_metadata={"full_name": name}).name == name


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2066", "\ufeff", "\u200d"])
def test_what_cannot_be_seen_in_a_full_name_is_left_out(hidden):
    assert principal(user_metadata={"full_name": f"A{hidden}da"}).name == "Ada"


@pytest.mark.parametrize(
    "address", ["jürgen@example.de", "用户@例子.中国", "a" * 60 + "@" + "b" * 120 + ".example"]
)
def test_an_address_may_be_in_any_script_and_long(address):
    assert principal(email=address).email == address


@pytest.mark.parametrize(
    "address", ["ada", "ada@", "a b@example.com", "a\u200b@example.com", "@b.c"]
)
def test_an_address_that_is_none_is_incomplete(address):
    with pytest.raises(Unauthenticated) as refused:
        principal(email=address)

    assert refused.value.code == "identity_user_incomplete"


def test_a_full_name_can_always_be_written_out():
    assert principal(user_metadata={"full_name": "Ada \ud800"}).name.encode()


@pytest.mark.parametrize("metadata", ODD_VALUES)
def test_metadata_of_an_odd_type_gives_no_role(metadata):
    assert principal(app_metadata=metadata).roles == ()


@pytest.mark.parametrize(
    "roles", [*ODD_VALUES[:-2], "admin", {"admin": True}, [None, 5, ["admin"]]]
)
def test_roles_that_are_no_list_of_texts_give_none(roles):
    assert principal(app_metadata={"roles": roles}).roles == ()


def test_roles_that_the_user_may_set_give_none():
    assert not principal(app_metadata={}, user_metadata={"roles": ["admin"]}).is_admin


def test_an_address_in_admin_emails_makes_an_admin(configure):
    configure(ADMIN_EMAILS="ADA@example.com")

    assert principal(app_metadata={}).is_admin


def test_a_token_is_verified_here_where_the_secret_is_known(configure):
    configure(NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET)

    assert verify_bearer(identity_token()) == ADA


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (identity_token(exp=time.time() - 60), "token_expired"),
        (identity_token(secret="x" * 32), "token_invalid"),
        (identity_token(algorithm="HS512"), "token_invalid"),
        (identity_token(nbf=time.time() + 600), "token_invalid"),
        (jwt.encode(USER, None, algorithm="none"), "token_invalid"),
        (jwt.encode({"sub": "6b1f"}, IDENTITY_SECRET), "token_invalid"),
        (jwt.encode({"exp": 2e9}, IDENTITY_SECRET), "token_invalid"),
        (jwt.encode({"exp": 2e9, "sub": "0"}, IDENTITY_SECRET), "identity_user_incomplete"),
        (identity_token()[:-2], "token_invalid"),
        ("garbage", "token_invalid"),
    ],
    ids=[
        "expired",
        "other secret",
        "other algorithm",
        "not yet",
        "unsigned",
        "without exp",
        "without sub",
        "an operator's",
        "cut",
        "garbage",
    ],
)
def test_a_bad_token_is_refused_with_its_reason(configure, token, code):
    configure(NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET)

    with pytest.raises(Unauthenticated) as refused:
        verify_bearer(token)

    assert refused.value.code == code


RECORD = '{"id": "6b1f", "email": "ada@example.com", "user_metadata": {"full_name": "Ada"}}'


@pytest.fixture
def asked(configure):
    """Asks an Identity that gives this one answer whose token it is."""

    def ask(status, body):
        with serving(static_answer(status, body)) as service:
            configure(NETLIFY_IDENTITY_URL=service.url)
            return ask_by_token("token")

    return ask


def test_the_user_whom_identity_names_is_confirmed(asked):
    assert asked(200, RECORD) == Principal(
        "netlify:6b1f", "netlify", "ada@example.com", "Ada", (), confirmed=True
    )


def refusal(status, text):
    """As GoTrue refuses a request (`api/errors.go`)."""
    return json.dumps({"code": status, "msg": text})


NO_SUCH_USER = (404, refusal(404, "User not found"))
# What GoTrue refuses for reasons that are not the user's: `api/middleware.go`, `api/auth.go`.
NOT_ABOUT_THE_USER = [
    (404, "Unable to locate site configuration"),
    (404, "Instance not found"),
    (404, "no"),
    (401, "Request does not include an Operator token"),
    (401, "Invalid admin user"),
    (401, "User not allowed"),
    (401, "This endpoint requires a Bearer token"),
    (401, "no"),
]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (401, "Invalid token: signature is invalid"),
        (401, "Invalid user"),
        (404, "User not found"),
    ],
)
def test_a_token_that_identity_refuses_or_whose_user_is_gone_is_refused(asked, status, text):
    with pytest.raises(Unauthenticated):
        asked(status, refusal(status, text))


@pytest.mark.parametrize(("status", "text"), NOT_ABOUT_THE_USER)
def test_a_refusal_that_is_not_about_the_user_is_no_verdict_on_them(asked, status, text):
    with pytest.raises(Unavailable):
        asked(status, refusal(status, text))


@pytest.mark.parametrize(("status", "text"), NOT_ABOUT_THE_USER)
def test_a_refusal_that_is_not_about_the_user_deletes_nobody(status, text):
    with (
        serving(static_answer(status, refusal(status, text))) as service,
        pytest.raises(Unavailable),
    ):
        delete_user(Identity(service.url, "operator"), ADA.subject)


@pytest.mark.parametrize(("status", "text"), NOT_ABOUT_THE_USER)
def test_a_refusal_that_is_not_about_the_user_ends_no_session(status, text):
    with (
        serving(static_answer(status, refusal(status, text))) as service,
        pytest.raises(Unavailable),
    ):
        sign_out(service.url, "token")


@pytest.mark.parametrize(("status", "text"), NOT_ABOUT_THE_USER)
def test_a_refusal_that_is_not_about_the_user_is_no_event_of_their_deletion(status, text):
    with (
        serving(static_answer(status, refusal(status, text))) as service,
        pytest.raises(Unavailable),
    ):
        find_user(Identity(service.url, "operator"), ADA.subject)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "{}"),
        (502, "<html>"),
        (429, "{}"),
        (200, "<html>"),
        (200, "[]"),
        (200, "{}"),
        (200, '{"id": "1"}'),
        (200, '{"id": null, "email": null}'),
        (302, ""),
        (403, "{}"),
        (401, "{}"),
        (401, "<html>"),
        (404, ""),
        (404, "<html>"),
        (404, '{"code": 401, "msg": "of another status"}'),
        (401, '{"code": 401}'),
        (401, '{"msg": "no code"}'),
    ],
)
def test_an_answer_that_cannot_be_used_is_no_verdict_on_the_user(asked, status, body):
    with pytest.raises(Unavailable) as failed:
        asked(status, body)

    assert failed.value.code == "identity_unavailable"


def test_an_identity_that_is_down_is_no_verdict_on_the_user(configure):
    configure(NETLIFY_IDENTITY_URL="http://127.0.0.1:9")

    with pytest.raises(Unavailable):
        ask_by_token("token")


def test_the_admin_api_is_asked_for_the_user_by_id():
    with serving(static_answer(200, RECORD)) as service:
        ask_by_id(Identity(service.url, "operator"), ADA)

    assert service.calls == ["GET /admin/users/6b1f"]


def test_an_id_cannot_lead_to_another_resource_of_the_admin_api():
    with serving(static_answer(*NO_SUCH_USER)) as service:
        delete_user(Identity(service.url, "operator"), "../x?y#z/")

    assert service.calls == ["DELETE /admin/users/../x?y#z/"]  # decoded: all one segment


def test_an_operators_token_that_is_refused_is_no_verdict_on_the_user():
    with (
        serving(static_answer(401, refusal(401, "Invalid token: expired"))) as service,
        pytest.raises(Unavailable),
    ):
        ask_by_id(Identity(service.url, "operator"), ADA)


def answering_by_method(**answers):
    """A service that answers each method in its own way: a status and a body."""

    def build(_url):
        async def app(scope, receive, send):
            status, body = answers[scope["method"]]
            await Response(body, status, media_type="application/json")(scope, receive, send)

        return app

    return build


@pytest.mark.parametrize("deleted", [(200, "{}"), (204, "")])
def test_a_user_is_deleted_once_identity_says_that_there_is_none(deleted):
    answers = answering_by_method(DELETE=deleted, GET=NO_SUCH_USER)
    with serving(answers) as service:
        delete_user(Identity(service.url, "operator"), ADA.subject)

    assert service.calls == ["DELETE /admin/users/6b1f", "GET /admin/users/6b1f"]


def test_a_user_who_is_already_gone_counts_as_deleted():
    with serving(static_answer(*NO_SUCH_USER)) as service:
        delete_user(Identity(service.url, "operator"), ADA.subject)

    assert service.calls == ["DELETE /admin/users/6b1f"]


@pytest.mark.parametrize(
    ("deleted", "asked"),
    [
        ((200, "{}"), (200, RECORD)),
        ((200, "{}"), (200, "{}")),
        ((200, "{}"), (404, "{}")),
        ((200, "{}"), (404, "<html>")),
        ((200, "{}"), (401, refusal(401, "Invalid token: expired"))),
        ((200, ""), (503, "{}")),
        ((404, "{}"), NO_SUCH_USER),
        ((404, "<html>"), NO_SUCH_USER),
    ],
)
def test_a_deletion_that_identity_does_not_confirm_was_not_done(deleted, asked):
    answers = answering_by_method(DELETE=deleted, GET=asked)

    with serving(answers) as service, pytest.raises(Unavailable):
        delete_user(Identity(service.url, "operator"), ADA.subject)


@pytest.mark.parametrize("status", [400, 401, 403, 422, 429, 500, 503])
def test_a_deletion_that_is_refused_was_not_done(status):
    with serving(static_answer(status, "{}")) as service, pytest.raises(Unavailable):
        delete_user(Identity(service.url, "operator"), ADA.subject)


def test_an_instance_is_operated_with_a_token_of_a_minute_made_from_its_secret(configure):
    configure(NETLIFY_IDENTITY_URL="http://127.0.0.1:9/", NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET)

    instance = configured_identity()

    claims = jwt.decode(instance.operator_token, IDENTITY_SECRET, algorithms=["HS256"])
    assert (instance.url, claims["sub"]) == ("http://127.0.0.1:9", "0")
    assert claims["exp"] - time.time() <= 60


def test_an_instance_whose_secret_we_do_not_know_cannot_be_operated(configure):
    configure(NETLIFY_IDENTITY_URL="http://127.0.0.1:9")

    assert configured_identity() is None
