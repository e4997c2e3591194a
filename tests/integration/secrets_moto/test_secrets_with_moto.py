"""shared/settings/secrets.py and settings over it: Secrets Manager and SSM, played by moto."""

from __future__ import annotations

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from shared import process
from shared.settings.secrets import SecretUnreadable, read_secrets
from shared.settings.settings import SettingsError, settings
from tests.support.configuration import VALUES

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture
def put_secret():
    """Puts a value into Secrets Manager; answers the environment that names it."""

    def put(value):
        kind = "SecretBinary" if isinstance(value, bytes) else "SecretString"
        client = boto3.client("secretsmanager")
        return {"SECRETS_ARN": client.create_secret(Name="latchkey", **{kind: value})["ARN"]}

    return put


@pytest.fixture
def put_parameters():
    """Puts parameters below a path; answers the environment that names it."""

    def put(values, path="/latchkey/prod"):
        for name, value in values.items():
            boto3.client("ssm").put_parameter(
                Name=f"{path}/{name}", Value=value, Type="SecureString"
            )
        return {"SECRETS_PATH": path}

    return put


@pytest.fixture
def denied(monkeypatch):
    """AWS refuses every call, with a message that tells too much."""

    def refuse(self, operation, arguments):
        answer = {"Error": {"Code": "AccessDeniedException", "Message": f"hush {arguments}"}}
        raise ClientError(answer, operation)

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", refuse)


def unreadable(environ):
    with pytest.raises(SecretUnreadable) as refused:
        read_secrets(environ)
    return str(refused.value)


def test_where_no_secret_is_named_there_is_none():
    assert read_secrets({}) == {}


def test_a_secret_is_a_json_object_of_texts(put_secret):
    assert read_secrets(put_secret('{"STYTCH_SECRET": "s"}')) == {"STYTCH_SECRET": "s"}


def test_a_secret_may_be_named_without_its_arn(put_secret):
    put_secret('{"STYTCH_SECRET": "s"}')

    assert read_secrets({"SECRETS_ARN": "latchkey"}) == {"STYTCH_SECRET": "s"}


@pytest.mark.parametrize(
    "value", ["hush", "", "[]", '"hush"', '{"A": 5}', '{"A": {"B": "hush"}}', "null", b"hush"]
)
def test_a_secret_of_another_form_is_named_and_not_shown(put_secret, value):
    environ = put_secret(value or " ")

    complaint = unreadable(environ)

    assert (environ["SECRETS_ARN"] in complaint, "hush" in complaint) == (True, False)


def test_a_secret_that_is_missing_is_named_with_awss_own_code():
    assert unreadable({"SECRETS_ARN": "missing"}) == (
        "SECRETS_ARN missing: ResourceNotFoundException"
    )


def test_parameters_below_a_path_are_decrypted(put_parameters):
    assert read_secrets(put_parameters({"STYTCH_SECRET": "s"})) == {"STYTCH_SECRET": "s"}


def test_more_parameters_than_one_answer_holds_are_all_read(put_parameters):
    many = {f"NAME_{number}": str(number) for number in range(25)}

    assert read_secrets(put_parameters(many)) == many


def test_a_path_may_end_in_a_slash(put_parameters):
    put_parameters({"A": "1"})

    assert read_secrets({"SECRETS_PATH": "/latchkey/prod/"}) == {"A": "1"}


def test_parameters_of_another_path_are_left_alone(put_parameters):
    put_parameters({"A": "1"}, path="/latchkey/production")

    assert read_secrets(put_parameters({"B": "2"})) == {"B": "2"}


def test_a_path_without_parameters_is_named():
    assert unreadable({"SECRETS_PATH": "/latchkey"}) == (
        "SECRETS_PATH /latchkey: there is no parameter below it"
    )


@pytest.mark.parametrize("name", ["SECRETS_ARN", "SECRETS_PATH"])
@pytest.mark.usefixtures("denied")
def test_a_secret_that_we_may_not_read_is_named_with_awss_own_code_alone(name):
    assert unreadable({name: "/latchkey"}) == f"{name} /latchkey: AccessDeniedException"


@pytest.mark.parametrize("name", ["SECRETS_ARN", "SECRETS_PATH"])
@pytest.mark.usefixtures("no_region")
def test_a_machine_without_a_region_is_told_so(name):
    assert unreadable({name: "/latchkey"}) == f"{name} /latchkey: NoRegionError"


@pytest.fixture
def start_with(configure, monkeypatch):
    """Makes `environ` all that this process is told."""

    def start(environ):
        for name in VALUES:
            monkeypatch.delenv(name)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        process.forget()

    return start


def test_settings_come_from_the_secret(put_secret, start_with):
    start_with(put_secret(json.dumps(VALUES | {"COOKIE_NAME": "from-secret"})))

    assert settings().cookie_name == "from-secret"


def test_the_environment_comes_before_the_secret(put_secret, start_with):
    environ = put_secret(json.dumps(VALUES | {"COOKIE_NAME": "from-secret"}))
    start_with(environ | {"COOKIE_NAME": "from-environment"})

    assert settings().cookie_name == "from-environment"


def test_a_secret_that_cannot_be_read_stops_the_start(start_with):
    start_with({"SECRETS_ARN": "missing"})

    with pytest.raises(SettingsError, match="SECRETS_ARN missing"):
        settings()
