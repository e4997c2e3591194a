"""POST /logout."""

from __future__ import annotations

EMAIL = "lin@example.com"


def test_logging_out_answers_nothing_and_clears_the_cookie(identity):
    identity.confirmed_user(EMAIL)

    answer = identity.post("/logout", headers=identity.bearer(EMAIL))

    assert answer.status_code == 204
    assert answer.content == b""
    assert answer.headers["Set-Cookie"].startswith("nf_jwt=; ")
    assert "Max-Age=0" in answer.headers["Set-Cookie"]


def test_logging_out_ends_every_session_of_the_user(identity):
    identity.confirmed_user(EMAIL)
    here = identity.password_grant(EMAIL).json()
    elsewhere = identity.password_grant(EMAIL).json()

    identity.post("/logout", headers={"Authorization": f"Bearer {here['access_token']}"})

    assert identity.refresh_grant(here["refresh_token"]).status_code == 400
    assert identity.refresh_grant(elsewhere["refresh_token"]).status_code == 400


def test_logging_out_leaves_other_users_signed_in(identity):
    identity.confirmed_user(EMAIL)
    identity.confirmed_user("other@example.com")
    other = identity.password_grant("other@example.com").json()

    identity.post("/logout", headers=identity.bearer(EMAIL))

    assert identity.refresh_grant(other["refresh_token"]).status_code == 200


def test_the_access_token_outlives_the_logout(identity):
    identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    identity.post("/logout", headers=bearer)

    assert identity.get("/user", headers=bearer).status_code == 200


def test_a_deleted_user_cannot_log_out(identity):
    user = identity.confirmed_user(EMAIL)
    bearer = identity.bearer(EMAIL)
    identity.delete(f"/admin/users/{user['id']}", headers=identity.operator())

    answer = identity.post("/logout", headers=bearer)

    assert answer.status_code == 401
    assert answer.json() == {"code": 401, "msg": "Invalid user"}
