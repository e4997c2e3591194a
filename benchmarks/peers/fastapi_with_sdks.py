"""The common way: FastAPI, and both SDKs imported and their clients made while it starts."""

import boto3
import stytch
from fastapi_api import handler as handler

secrets = boto3.client("secretsmanager", region_name="us-east-1")
identities = stytch.Client("project-test-00000000-0000-4000-8000-000000000000", "secret-test")
