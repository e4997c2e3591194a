"""The common way: FastAPI, both SDKs imported and their clients made while the module starts."""

import os

import boto3
import pymysql  # noqa: F401
import stytch
from fastapi import FastAPI
from mangum import Mangum

secrets = boto3.client("secretsmanager")
identities = stytch.Client(os.environ["STYTCH_PROJECT_ID"], os.environ["STYTCH_SECRET"])
app = FastAPI()


@app.get("/api/issues")
async def list_issues() -> list[dict[str, str]]:
    return []


handler = Mangum(app, lifespan="off")
