"""A site with Identity alone, whose database is elsewhere: no cryptography, and all is well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest

from local.database.mariadb import find_mariadb
from local.database.mysql import find_mysql
from tests.support.configuration import IDENTITY_SECRET, STYTCH, without
from tests.support.events import http_api
from tests.support.tls_database import TlsDatabase, serving_by_tls

ROOT = Path(__file__).parents[3]
FINDERS = {"mysql": find_mysql, "mariadb": find_mariadb}
PROGRAM = """\
import json, sys
from types import SimpleNamespace
from functions.get import handler

context = SimpleNamespace(aws_request_id="1", client_context=None)
result = handler(json.loads(sys.argv[1]), context)
has_rsa = any(name.startswith("cryptography") for name in sys.modules)
print(json.dumps([result["statusCode"], result["body"], has_rsa]))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsDatabase]:
    find = FINDERS.get(os.environ.get("DEV_DB", ""), find_mariadb)
    engine = find(os.environ.get("PATH", os.defpath))
    if engine is None:
        pytest.skip("needs MariaDB, or MySQL by DEV_DB: seekdb is not given a certificate here")
    with serving_by_tls(engine, tmp_path_factory.mktemp("tls")) as database:
        values = {"DATABASE_URL": database.by_socket, "PATH": os.environ["PATH"]}
        command = [sys.executable, "-m", "migrations"]
        subprocess.run(command, cwd=ROOT, env=values, check=True)
        yield database


def test_a_user_of_identity_reads_over_tls_and_no_cryptography_is_imported(database):
    claims = {"sub": "1", "email": "grace@example.com", "exp": int(time.time()) + 60}
    token = jwt.encode(claims, IDENTITY_SECRET, algorithm="HS256")
    event = http_api("GET", "/api/me", headers={"authorization": f"Bearer {token}"})
    settings = without(*STYTCH) | {
        "DATABASE_URL": database.by_tls(),
        "NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET,
        "SSL_CERT_FILE": str(database.certificate),
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(event)],
        cwd=ROOT,
        env=settings | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )

    status, body, has_rsa = json.loads(done.stdout.splitlines()[-1])
    assert (status, json.loads(body)["email"], has_rsa) == (200, "grace@example.com", False)
