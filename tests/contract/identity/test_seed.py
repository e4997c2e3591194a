"""The demo users of a new local cloud."""

from __future__ import annotations

import pytest

from local.identity import IdentityConfig, seed_users
from local.kit.clock import Clock
from local.kit.store import Store
from tests.contract.identity.under_test import only_emulator

pytestmark = only_emulator("it has no demo users")

EVERYBODY = ["ada@example.com", "grace@example.com"]


@pytest.fixture
def seed(tmp_path):
    """Seeds the state file of a local cloud, as each of its starts does."""

    def run():
        store = Store(tmp_path / "state.sqlite")
        config = IdentityConfig("http://localhost:8888", "the secret of the Identity under test")
        seed_users(store, config, Clock())
        store.close()
        return tmp_path / "state.sqlite"

    return run


def addresses(identity):
    answer = identity.get("/admin/users?sort=created_at asc", headers=identity.operator())
    return [user["email"] for user in answer.json()["users"]]


def test_ada_signs_in_and_is_an_admin_of_the_app(seed, start):
    identity = start(seed())

    assert identity.password_grant("ada@example.com", "latchkey").status_code == 200
    ada = identity.get("/admin/users?filter=ada@", headers=identity.operator()).json()["users"][0]
    assert ada["app_metadata"] == {"provider": "email", "roles": ["admin"]}
    assert ada["user_metadata"] == {"full_name": "Ada Lovelace"}


def test_grace_signs_in_and_has_no_role(seed, start):
    identity = start(seed())

    assert identity.password_grant("grace@example.com", "latchkey").status_code == 200
    grace = identity.get("/admin/users?filter=grace@", headers=identity.operator()).json()
    assert grace["users"][0]["app_metadata"] == {"provider": "email"}
    assert grace["users"][0]["user_metadata"] == {"full_name": "Grace Hopper"}


def test_a_second_start_adds_nobody(seed, start):
    seed()

    assert addresses(start(seed())) == EVERYBODY


def test_a_deleted_demo_user_stays_deleted(seed, start):
    identity = start(seed())
    body = {"grant_type": "password", "username": "grace@example.com", "password": "latchkey"}
    bearer = {
        "Authorization": f"Bearer {identity.post('/token', data=body).json()['access_token']}"
    }
    user_id = identity.get("/user", headers=bearer).json()["id"]
    identity.delete(f"/admin/users/{user_id}", headers=identity.operator())

    seed()

    assert addresses(identity) == ["ada@example.com"]
