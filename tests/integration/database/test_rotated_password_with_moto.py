"""A password that was rotated: the secret is read again, once, when the old one is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import boto3
import pymysql
import pytest
from moto import mock_aws
from pymysql.cursors import DictCursor

from shared import process
from shared.database.database import Database
from shared.errors import Unavailable
from shared.settings.database_url import DatabaseUrl
from shared.settings.settings import settings
from tests.support.database_under_test import not_through_vitess

pytestmark = not_through_vitess("its users are its operator's: it knows no CREATE USER")

OTHERS = {
    "BASE_URL": "https://latchkey.example",
    "STYTCH_PROJECT_ID": "project-test-11111111-1111-4111-8111-111111111111",
    "STYTCH_SECRET": "secret-test-1",
}


@pytest.fixture
def account(root: pymysql.Connection[DictCursor]) -> Iterator[None]:
    """A database user `app` whose password is `new`."""
    with root.cursor() as cursor:
        cursor.execute("CREATE USER 'app'@'%' IDENTIFIED BY 'new'")
        cursor.execute("GRANT SELECT ON latchkey.* TO 'app'@'%'")
    yield
    with root.cursor() as cursor:
        cursor.execute("DROP USER 'app'@'%'")


@pytest.fixture
def secret(url: DatabaseUrl, monkeypatch: pytest.MonkeyPatch) -> Iterator[Secret]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with mock_aws():
        stored = Secret(url)
        monkeypatch.setenv("SECRETS_ARN", stored.arn)
        process.forget()
        yield stored
    process.forget()


class Secret:
    """A Secrets Manager secret that holds the database's URL with a password."""

    def __init__(self, url: DatabaseUrl) -> None:
        self._url = f"mysql://app:%s@localhost/latchkey?unix_socket={quote(url.unix_socket or '')}"
        self._client = boto3.client("secretsmanager")
        created = self._client.create_secret(Name="latchkey", SecretString=self._text("old"))
        self.arn = created["ARN"]

    def rotate(self, password: str) -> None:
        self._client.put_secret_value(SecretId=self.arn, SecretString=self._text(password))

    def _text(self, password: str) -> str:
        return json.dumps({**OTHERS, "DATABASE_URL": self._url % password})


@pytest.mark.usefixtures("account")
def test_a_rotated_password_is_read_again_from_moto(secret: Secret) -> None:
    database = Database(lambda: settings().database_url)
    settings()
    secret.rotate("new")

    assert database.read("SELECT 1 AS one", {}) == [{"one": 1}]
    database.close()


@pytest.mark.usefixtures("account", "secret")
def test_a_password_that_stays_wrong_in_moto_is_an_outage() -> None:
    database = Database(lambda: settings().database_url)

    with pytest.raises(Unavailable):
        database.read("SELECT 1", {})
