"""Settings kept in AWS: one Secrets Manager secret, or the parameters under an SSM path."""

from __future__ import annotations

import json
from collections.abc import Mapping


class SecretUnreadable(Exception):
    """The secret cannot be used; the text names it and says why, never what it holds."""


def read_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings that `SECRETS_ARN` or `SECRETS_PATH` names; none of them set, no settings.

    Raises SecretUnreadable when the secret is missing, denied, or not what it should be.
    """
    if arn := environ.get("SECRETS_ARN"):
        return _read_secret(arn)
    if path := environ.get("SECRETS_PATH"):
        return _read_parameters(path)
    return {}


def _read_secret(arn: str) -> dict[str, str]:
    import boto3  # costs more than the rest of a cold start: only who uses it pays
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = boto3.client("secretsmanager").get_secret_value(SecretId=arn)
    except (BotoCoreError, ClientError) as error:
        raise SecretUnreadable(f"SECRETS_ARN {arn}: {_reason(error)}") from None
    try:
        values = json.loads(answer["SecretString"])
    except (KeyError, ValueError):
        raise SecretUnreadable(f"SECRETS_ARN {arn}: its value is not JSON text") from None
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise SecretUnreadable(f"SECRETS_ARN {arn}: it must be a JSON object of strings")
    return values


def _read_parameters(path: str) -> dict[str, str]:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    prefix = path.rstrip("/") + "/"
    try:
        pages = boto3.client("ssm").get_paginator("get_parameters_by_path")
        found = [
            parameter
            for page in pages.paginate(Path=prefix, WithDecryption=True)
            for parameter in page["Parameters"]
        ]
    except (BotoCoreError, ClientError) as error:
        raise SecretUnreadable(f"SECRETS_PATH {path}: {_reason(error)}") from None
    if not found:
        raise SecretUnreadable(f"SECRETS_PATH {path}: there is no parameter below it")
    return {parameter["Name"].removeprefix(prefix): parameter["Value"] for parameter in found}


def _reason(error: Exception) -> str:
    """AWS's own error code, such as AccessDeniedException; its message may quote the request."""
    answer = getattr(error, "response", {})
    return str(answer.get("Error", {}).get("Code") or type(error).__name__)
