"""What every peer does besides HTTP: check the token, run the statement, write a line.

The statements are Latchkey's own (`statements.json`), so that the database does the same work for
everybody. The rest is written as one writes it by hand: PyMySQL's defaults, `jwt.decode`, `json`.
"""

import hashlib
import json
import os
import ssl
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
import pymysql

STATEMENTS = json.loads(Path(__file__).with_name("statements.json").read_text())
SESSION = "https://stytch.com/session"
NEWEST = 2**64 - 1

Person = dict[str, Any]


def _connect() -> Any:
    url = urlsplit(os.environ["DATABASE_URL"])
    unix_socket = parse_qs(url.query).get("unix_socket", [None])[0]
    return pymysql.connect(
        host=url.hostname,
        port=url.port or 3306,
        unix_socket=unix_socket,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        database=url.path.lstrip("/"),
        autocommit=True,
        charset="utf8mb4",
        client_flag=pymysql.constants.CLIENT.MULTI_STATEMENTS,
        cursorclass=pymysql.cursors.DictCursor,
        ssl=None if unix_socket else ssl.create_default_context(),
    )


connection = _connect()
secret = os.environ.get("NETLIFY_IDENTITY_SECRET")
project = os.environ.get("STYTCH_PROJECT_ID")
keys = {
    key["kid"]: jwt.PyJWK(key).key
    for key in json.loads(os.environ.get("STYTCH_JWKS", '{"keys": []}'))["keys"]
}


def who(authorization: str) -> Person:
    """The owner of a bearer: an Identity token (HS256), or a Stytch session JWT (RS256)."""
    token = authorization.removeprefix("Bearer ")
    if secret:
        claims = jwt.decode(token, secret, algorithms=["HS256"])
        name = claims.get("user_metadata", {}).get("full_name")
        roles = claims.get("app_metadata", {}).get("roles", [])
        return _person("netlify", claims["sub"], claims["email"], name, roles)
    claims = jwt.decode(
        token,
        keys[jwt.get_unverified_header(token)["kid"]],
        algorithms=["RS256"],
        audience=project,
        issuer=f"stytch.com/{project}",
    )
    session = claims[SESSION]
    address = session["authentication_factors"][0]["email_factor"]["email_address"]
    return _person("stytch", claims["sub"], address, claims.get("name"), session.get("roles", []))


def find_issues(person: Person, status: str, limit: int) -> list[dict[str, Any]]:
    params = {"caller": person["id"], "status": status, "before_id": NEWEST, "rows": limit}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS["list"], params)
        return list(cursor.fetchall())


def create_issue(person: Person, title: str) -> dict[str, Any]:
    params = {
        **_actor(person),
        "owner": person["id"],
        "title": title,
        "status": "to-do",
        "key": os.urandom(32).hex(),
        "request_hash": hashlib.sha256(f"to-do\n{title}".encode()).hexdigest(),
    }
    row = _last_rows(STATEMENTS["create"], params)[0]
    del row["request_hash"]
    return {**row, "message": "Issue created"}


def note_visit(person: Person) -> None:
    _last_rows(STATEMENTS["see"], {**_actor(person), "caller": person["id"]})


def with_texts(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its times as RFC 3339, for whoever has no serialiser that knows times."""
    created_at, updated_at = _rfc_3339(row["created_at"]), _rfc_3339(row["updated_at"])
    return {**row, "created_at": created_at, "updated_at": updated_at}


def log(
    request_id: str, method: str, route: str, status: int, person: Person, begun: float
) -> None:
    """The line of a request."""
    line = {
        "level": "INFO",
        "request_id": request_id,
        "function": "peer",
        "method": method,
        "route": route,
        "status": status,
        "principal": person["id"],
        "provider": person["provider"],
        "ms": round((time.perf_counter() - begun) * 1000, 1),
    }
    print(json.dumps(line), flush=True)


def _person(provider: str, subject: str, email: str, name: str | None, roles: list[str]) -> Person:
    return {
        "id": f"{provider}:{subject}",
        "provider": provider,
        "email": email,
        "name": name or email,
        "roles": roles,
    }


def _actor(person: Person) -> dict[str, Any]:
    return {
        "actor": person["id"],
        "provider": person["provider"],
        "email": person["email"],
        "name": person["name"],
    }


def _last_rows(sql: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
        while cursor.nextset():
            rows = cursor.fetchall()
        return list(rows)


def _rfc_3339(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds") + "Z"
