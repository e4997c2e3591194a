"""Rotated secrets are read again when a provider, or a signature, refuses the old one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import boto3
import jwt
import pytest
from moto import mock_aws

from shared import process
from shared.auth import netlify
from shared.auth.stytch import sdk, session
from shared.auth.stytch.session import SessionToken
from shared.errors import LatchkeyError, Unauthenticated
from shared.settings.settings import settings
from tests.support.configuration import IDENTITY_SECRET, VALUES, Configure
from tests.support.world import World

GRACE = {"sub": "1", "email": "grace@example.com", "exp": 4_000_000_000}


class Secret:
    """A Secrets Manager secret that holds all settings."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values
        self._client = boto3.client("secretsmanager")
        text = json.dumps(values)
        self.arn = self._client.create_secret(Name="latchkey", SecretString=text)["ARN"]

    def rotate(self, **values: str) -> None:
        text = json.dumps(self._values | values)
        self._client.put_secret_value(SecretId=self.arn, SecretString=text)


@pytest.fixture
def secret(world: World, configure: Configure, monkeypatch: pytest.MonkeyPatch) -> Iterator[Secret]:
    """The secret of this process, which has read it already; all in it is out of date."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name in VALUES:
        monkeypatch.delenv(name)
    with mock_aws():
        addresses = {
            "STYTCH_BASE_URL": world.stytch.url,
            "NETLIFY_IDENTITY_URL": world.identity.url,
        }
        old = {"STYTCH_SECRET": "old", "NETLIFY_IDENTITY_SECRET": "old " * 16}
        stored = Secret(VALUES | addresses | old)
        monkeypatch.setenv("SECRETS_ARN", stored.arn)
        process.forget()
        settings()
        yield stored


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A note for each time that the secret is read."""
    noted: list[str] = []
    read = boto3.client

    def note(service: str) -> object:
        noted.append(service)
        return read(service)

    monkeypatch.setattr(boto3, "client", note)
    return noted


def test_the_session_check_reads_a_rotated_secret_from_moto(world: World, secret: Secret) -> None:
    secret.rotate(STYTCH_SECRET=VALUES["STYTCH_SECRET"])

    checked = session.check(SessionToken("session_token", world.stytch_token))

    assert checked.principal.email == "ada@example.com"


def test_the_sdk_gets_a_rotated_secret_from_moto(world: World, secret: Secret) -> None:
    user_id = world.emulator.sign_in("leaver@example.com").user_id
    with pytest.raises(LatchkeyError):
        sdk.delete_user(user_id)
    process.forget()
    settings()
    secret.rotate(STYTCH_SECRET=VALUES["STYTCH_SECRET"])

    sdk.delete_user(user_id)

    assert world.emulator.call("GET", f"/v1/users/{user_id}").status_code == 404


def test_a_secret_that_stays_wrong_in_moto_is_no_verdict_on_the_session(
    world: World, secret: Secret
) -> None:
    with pytest.raises(LatchkeyError) as failed:
        session.check(SessionToken("session_token", world.stytch_token))

    assert failed.value.code == "stytch_credentials"


def test_a_token_of_a_rotated_identity_secret_is_accepted_from_moto(secret: Secret) -> None:
    secret.rotate(NETLIFY_IDENTITY_SECRET=IDENTITY_SECRET)

    principal = netlify.verify_bearer(jwt.encode(GRACE, IDENTITY_SECRET))

    assert principal.email == "grace@example.com"


def test_forged_tokens_read_the_secret_once_in_ten_seconds_from_moto(
    secret: Secret, reads: list[str]
) -> None:
    forged = jwt.encode(GRACE, "forged " * 10)

    for _ in range(3):
        with pytest.raises(Unauthenticated):
            netlify.verify_bearer(forged)

    assert reads == ["secretsmanager"]
