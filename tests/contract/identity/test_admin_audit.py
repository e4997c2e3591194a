"""GET /admin/audit."""

from __future__ import annotations

import pytest

EMAIL = "lin@example.com"


def actions(answer):
    return [entry["payload"]["action"] for entry in answer.json()]


def test_an_entry_says_who_did_what_and_when(identity):
    user = identity.confirmed_user(EMAIL, full_name="Lin")

    answer = identity.get("/admin/audit", headers=identity.operator())

    assert answer.status_code == 200
    [entry] = answer.json()
    assert set(entry) == {"id", "payload", "created_at"}
    assert entry["payload"] == {
        "timestamp": entry["created_at"],
        "actor_id": user["id"],
        "actor_email": EMAIL,
        "actor_name": "Lin",
        "action": "user_signedup",
        "log_type": "team",
    }


def test_the_operators_deed_names_the_user_it_was_done_to(identity):
    user = identity.confirmed_user(EMAIL)
    identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

    newest = identity.get("/admin/audit", headers=identity.operator()).json()[0]

    assert newest["payload"]["actor_id"] == "00000000-0000-0000-0000-000000000000"
    assert newest["payload"]["action"] == "user_deleted"
    assert newest["payload"]["traits"] == {"user_id": user["id"], "user_email": EMAIL}


def test_a_session_leaves_its_trace_newest_first(identity):
    identity.confirmed_user(EMAIL)
    tokens = identity.password_grant(EMAIL).json()
    identity.refresh_grant(tokens["refresh_token"])
    identity.post("/recover", json={"email": EMAIL})
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    identity.put("/user", json={"data": {}}, headers=bearer)
    identity.post("/logout", headers=bearer)

    answer = identity.get("/admin/audit", headers=identity.operator())

    assert actions(answer) == [
        "logout",
        "user_modified",
        "user_recovery_requested",
        "token_revoked",
        "token_refreshed",
        "login",
        "user_signedup",
    ]


@pytest.mark.parametrize("query", ["author:LIN@", "author:hopper", "action:login", "type:account"])
def test_a_query_keeps_what_matches(identity, query):
    identity.post("/invite", json={"email": "other@example.com"}, headers=identity.operator())
    identity.confirmed_user(EMAIL, full_name="Lin Hopper")
    identity.password_grant(EMAIL)

    answer = identity.get("/admin/audit", params={"query": query}, headers=identity.operator())

    assert actions(answer)[0] == "login"
    assert "user_invited" not in actions(answer)


@pytest.mark.parametrize("query", ["colour:red", "author"])
def test_an_unknown_query_is_refused(identity, query):
    answer = identity.get("/admin/audit", params={"query": query}, headers=identity.operator())

    assert answer.status_code == 400
    assert answer.json() == {"code": 400, "msg": f"Invalid query scope: {query}"}


def test_entries_come_in_pages(identity):
    identity.confirmed_user(EMAIL)
    identity.password_grant(EMAIL)

    answer = identity.get("/admin/audit?per_page=1&page=2", headers=identity.operator())

    assert actions(answer) == ["user_signedup"]
    assert answer.headers["X-Total-Count"] == "2"
