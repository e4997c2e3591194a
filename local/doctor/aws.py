"""Checks AWS: whether credentials that are set are valid."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.doctor.finding import Finding
from local.settings import Settings

CREDENTIAL_SETTINGS = ("AWS_ACCESS_KEY_ID", "AWS_PROFILE")
ONE_SHORT_TRY = Config(connect_timeout=5, read_timeout=5, retries={"total_max_attempts": 1})


def check_aws(settings: Settings) -> Iterator[Finding]:
    if not any(name in settings.environ for name in CREDENTIAL_SETTINGS):
        yield Finding("ok", "no credentials set; only deploying needs them")
        return
    region = settings.environ.get("AWS_REGION", "us-east-1")
    try:
        identity = boto3.client("sts", region_name=region, config=ONE_SHORT_TRY)
        account = identity.get_caller_identity()["Account"]
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown")
        yield Finding("problem", f"AWS refuses the credentials ({code}).", "Sign in to AWS again.")
    except BotoCoreError as error:
        yield Finding(
            "problem",
            f"the credentials cannot be used ({type(error).__name__}).",
            f"Check {' and '.join(CREDENTIAL_SETTINGS)}, and the network.",
        )
    else:
        yield Finding("ok", f"credentials of account {account}")
