"""What Identity tells its site, as GoTrue does (`api/hooks.go`), and what the answers decide."""

from __future__ import annotations

import hashlib
import json

import jwt
import pytest

from local.identity.config import EVENTS
from tests.contract.identity.caller import PASSWORD, SECRET

EMAIL = "lin@example.com"
WEBHOOK_SECRET = "the secret of the webhook under test, as long as it must be"
LINES = {"email": EMAIL, "password": PASSWORD, "data": {"full_name": "Lin"}}


@pytest.fixture
def site(start, receiver):
    """An Identity that calls the site's functions."""
    return start(function_hooks={event: f"{receiver.url}/{event}" for event in EVENTS})


def names(receiver):
    return [received.path.strip("/") for received in receiver.received]


def test_a_sign_up_is_asked_for_before_it_counts(site, receiver):
    site.post("/signup", json=LINES)

    asked = receiver.received[0]
    content = json.loads(asked.body)
    assert asked.headers["x-netlify-event"] == "identity_validate"
    assert (content["event"], content["user"]["email"]) == ("validate", EMAIL)
    assert "confirmed_at" not in content["user"]


def test_a_refused_sign_up_leaves_nothing(site, receiver):
    receiver.answers = [(403, "{}")]

    answer = site.post("/signup", json=LINES)

    users = site.get("/admin/users", headers=site.operator()).json()["users"]
    assert answer.status_code == 422
    assert answer.json()["msg"] == "Failed to handle signup webhook"
    assert (users, site.mails()) == ([], [])


def test_an_answer_that_is_no_success_is_asked_for_three_times(site, receiver):
    receiver.answers = [(500, "")]

    site.post("/signup", json=LINES)

    assert names(receiver) == ["validate"] * 3


def test_a_second_try_may_succeed(site, receiver):
    receiver.answers = [(503, ""), (200, "")]

    assert site.post("/signup", json=LINES).status_code == 200


def test_who_cannot_be_reached_is_tried_once(start):
    site = start(function_hooks={"validate": "http://127.0.0.1:1/validate"})

    answer = site.post("/signup", json=LINES)

    assert answer.status_code == 502
    assert answer.json()["msg"] == "Failed to connect to http://127.0.0.1:1/validate"


def test_silence_is_waited_for_three_times_for_so_long(site, receiver, monkeypatch):
    monkeypatch.setattr("local.identity.hooks.TIMEOUT_SECONDS", 0.2)
    receiver.answers = [(0, "")]

    answer = site.post("/signup", json=LINES)

    assert (answer.status_code, len(receiver.received)) == (504, 3)


def test_the_metadata_of_the_answer_takes_the_place_of_the_users(site, receiver):
    receiver.answers = [(200, json.dumps({"app_metadata": {"roles": ["editor"]}}))]

    user = site.post("/signup", json=LINES).json()

    assert user["app_metadata"] == {"roles": ["editor"]}
    assert user["user_metadata"] == {"full_name": "Lin"}


def test_a_user_without_metadata_is_told_with_null(site, receiver):
    site.post("/signup", json={"email": EMAIL, "password": PASSWORD})

    assert json.loads(receiver.received[0].body)["user"]["user_metadata"] is None


def test_an_answer_that_is_no_json_is_a_fault(site, receiver):
    receiver.answers = [(200, "no")]

    answer = site.post("/signup", json=LINES)

    assert answer.status_code == 500
    assert answer.json()["msg"].startswith("Webhook returned malformed JSON: ")
    assert answer.json()["error_id"]


def test_metadata_of_the_wrong_type_is_a_fault(site, receiver):
    receiver.answers = [(200, json.dumps({"app_metadata": []}))]

    answer = site.post("/signup", json=LINES)

    assert answer.status_code == 500
    assert answer.json()["msg"] == (
        "Webhook returned malformed JSON: json: cannot unmarshal array into Go struct field "
        "WebhookResponse.app_metadata of type map[string]interface {}"
    )


def test_a_refused_confirmation_by_recovery_is_a_fault(site, receiver):
    receiver.answers = [(200, ""), (403, "")]
    site.post("/signup", json=LINES)
    site.post("/recover", json={"email": EMAIL})

    answer = site.post("/verify", json={"type": "recovery", "token": site.mailed_token()})

    assert answer.status_code == 500
    assert answer.json()["msg"] == "Database error updating user"


def test_the_answer_to_a_change_counts(site, receiver):
    user_id = site.confirmed_user(EMAIL)["id"]
    receiver.answers = [(200, json.dumps({"user_metadata": {"full_name": "Lin of the site"}}))]
    change = {"user_metadata": {"full_name": "Lin Chen"}}

    user = site.put(f"/admin/users/{user_id}", json=change, headers=site.operator()).json()

    kept = site.get(f"/admin/users/{user_id}", headers=site.operator()).json()
    assert user["user_metadata"] == {"full_name": "Lin of the site"}
    assert kept["user_metadata"] == {"full_name": "Lin of the site"}


def test_a_confirmation_is_told_while_it_is_not_done_yet(site, receiver):
    site.confirmed_user(EMAIL)

    told = receiver.received[1]
    assert names(receiver) == ["validate", "signup"]
    assert "confirmed_at" not in json.loads(told.body)["user"]


def test_a_refused_confirmation_leaves_the_user_unconfirmed(site, receiver):
    receiver.answers = [(200, ""), (403, "")]

    site.confirmed_user(EMAIL)

    assert site.password_grant(EMAIL).json()["error_description"] == "Email not confirmed"


def test_a_sign_in_by_password_is_told(site, receiver):
    site.confirmed_user(EMAIL)

    site.password_grant(EMAIL)

    assert names(receiver) == ["validate", "signup", "login"]


def test_a_refused_sign_in_gives_no_token(site, receiver):
    site.confirmed_user(EMAIL)
    receiver.answers = [(503, "")]

    answer = site.password_grant(EMAIL)

    assert answer.status_code == 422
    assert "access_token" not in answer.json()


def test_a_refreshed_token_is_not_told(site, receiver):
    site.confirmed_user(EMAIL)
    tokens = site.password_grant(EMAIL).json()

    site.refresh_grant(tokens["refresh_token"])

    assert names(receiver) == ["validate", "signup", "login"]


def test_what_an_admin_does_is_told_afterwards(site, receiver):
    user_id = site.confirmed_user(EMAIL)["id"]
    change = {"user_metadata": {"full_name": "Lin Chen"}}

    site.put(f"/admin/users/{user_id}", json=change, headers=site.operator())
    site.delete(f"/admin/users/{user_id}", headers=site.operator())

    modified = json.loads(receiver.received[2].body)
    assert names(receiver)[2:] == ["usermodified", "userdeleted"]
    assert modified["user"]["user_metadata"]["full_name"] == "Lin Chen"


def test_a_deletion_is_done_whatever_the_site_answers(site, receiver):
    user_id = site.confirmed_user(EMAIL)["id"]
    receiver.answers = [(500, "")]

    answer = site.delete(f"/admin/users/{user_id}", headers=site.operator())

    assert (answer.status_code, answer.json()) == (200, {})


def test_an_own_change_and_an_admins_new_user_are_not_told(site, receiver):
    site.confirmed_user(EMAIL)
    mine = site.bearer(EMAIL)
    told_before = len(receiver.received)

    site.put("/user", json={"data": {"full_name": "Lin Chen"}}, headers=mine)
    site.post("/admin/users", json={"email": "x@example.com"}, headers=site.operator())

    assert len(receiver.received) == told_before


def test_functions_are_called_with_the_signature_of_the_instance(site, receiver):
    site.post("/signup", json=LINES)

    asked = receiver.received[0]
    claims = jwt.decode(asked.headers["x-webhook-signature"], SECRET, ["HS256"])
    assert claims["iss"] == "gotrue"
    assert claims["sha256"] == hashlib.sha256(asked.body.encode()).hexdigest()
    assert "exp" not in claims


def test_a_webhook_takes_the_place_of_functions_with_a_secret_of_its_own(start, receiver):
    site = start(
        webhook_url=f"{receiver.url}/hook",
        webhook_secret=WEBHOOK_SECRET,
        webhook_events=("signup",),
        function_hooks={"validate": f"{receiver.url}/validate"},
    )

    site.confirmed_user(EMAIL)

    jwt.decode(receiver.received[0].headers["x-webhook-signature"], WEBHOOK_SECRET, ["HS256"])
    assert names(receiver) == ["hook"]
