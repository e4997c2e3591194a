"""What a restart of the local cloud leaves as it was."""

from __future__ import annotations

from contextlib import contextmanager

from local.kit.store import Store
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


def test_users_of_an_earlier_version_are_read(start, tmp_path):
    start(tmp_path / "state.sqlite").confirmed_user(EMAIL)
    with opened(tmp_path / "state.sqlite") as users:
        [user] = users.find()
        users.put(user["id"], {**user, "last_sign_in_at": user["created_at"]})

    after = start(tmp_path / "state.sqlite")

    assert "last_sign_in_at" not in after.get("/user", headers=after.bearer(EMAIL)).json()


def test_metadata_that_nobody_gave_is_kept_as_an_object(start, tmp_path):
    start(tmp_path / "state.sqlite").post("/signup", json={"email": EMAIL, "password": "p"})

    with opened(tmp_path / "state.sqlite") as users:
        [user] = users.find()
    assert user["user_metadata"] == {}


@contextmanager
def opened(path):
    """The users of a state file, as the local cloud's commands read them."""
    store = Store(path)
    yield store.collection("identity_users")
    store.close()
