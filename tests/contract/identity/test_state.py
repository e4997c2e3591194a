"""What a restart of the local cloud leaves as it was."""

from __future__ import annotations

from tests.contract.identity.under_test import only_emulator

pytestmark = only_emulator("its state is a database of its own")

EMAIL = "lin@example.com"


def test_users_and_their_sessions_outlive_a_restart(start, tmp_path):
    before = start(tmp_path / "state.sqlite")
    before.confirmed_user(EMAIL, full_name="Lin")
    tokens = before.password_grant(EMAIL).json()

    after = start(tmp_path / "state.sqlite")

    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert after.get("/user", headers=bearer).json()["user_metadata"] == {"full_name": "Lin"}
    assert after.password_grant(EMAIL).status_code == 200
    assert after.refresh_grant(tokens["refresh_token"]).status_code == 200


def test_a_mailed_link_outlives_a_restart(start, tmp_path):
    before = start(tmp_path / "state.sqlite")
    before.post("/signup", json={"email": EMAIL, "password": "p"})

    after = start(tmp_path / "state.sqlite")

    body = {"type": "signup", "token": after.mailed_token()}
    assert after.post("/verify", json=body).status_code == 200
