"""Checks the database: whether it answers, by TLS where needed, and its schema."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pymysql
from pymysql.constants import CR, ER
from pymysql.cursors import Cursor

from local.database import (
    DatabaseUnavailable,
    configured_url,
    connect,
    database_for_tools,
    host_of,
    is_local,
)
from local.doctor.finding import Finding
from local.settings import Settings

SECONDS = 10
ADVICE_FOR_ERROR = {
    ER.ACCESS_DENIED_ERROR: "Check user and password in DATABASE_URL (or PLANETSCALE_*).",
    ER.DBACCESS_DENIED_ERROR: "Check the database's name and the user's rights.",
    ER.BAD_DB_ERROR: "Check the database's name in DATABASE_URL, or create the database.",
    CR.CR_CONN_HOST_ERROR: "Check host and port in DATABASE_URL, and whether the server runs.",
    CR.CR_SSL_CONNECTION_ERROR: "It offers no TLS, which only a database on this machine may lack.",
}
CERTIFICATE_ADVICE = (
    "Name the host as its certificate does. Where a proxy signs certificates of its own, "
    "SSL_CERT_FILE must name the file with its own certificate."
)


def check_database(settings: Settings) -> Iterator[Finding]:
    try:
        with database_for_tools(settings.environ, settings.state_dir, lambda _line: None) as url:
            yield from _examine(url, settings)
    except DatabaseUnavailable as error:
        yield Finding("problem", "there is none.", str(error))


def _examine(url: str, settings: Settings) -> Iterator[Finding]:
    is_private = configured_url(settings.environ) is None
    try:
        with connect(url, read_seconds=SECONDS) as connection, connection.cursor() as cursor:
            yield _version(cursor, host_of(url))
            if not is_local(url):
                yield _tls(cursor)
            yield _schema(cursor, settings.root / "migrations", is_private)
    except ValueError:
        yield Finding("problem", "the port in DATABASE_URL is not a number.", "Correct it.")
    except pymysql.MySQLError as error:
        yield _explained(error, host_of(url))


def _explained(error: pymysql.MySQLError, host: str) -> Finding:
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, ssl.SSLCertVerificationError):
        what = f"the certificate of {host} is not to be trusted ({cause.verify_message})."
        return Finding("problem", what, CERTIFICATE_ADVICE)
    advice = ADVICE_FOR_ERROR.get(error.args[0], "Check DATABASE_URL (or PLANETSCALE_*).")
    return Finding("problem", f"{host} cannot be used (error {error.args[0]}).", advice)


def _version(cursor: Cursor, host: str) -> Finding:
    cursor.execute("SELECT VERSION()")
    row = cursor.fetchone()
    return Finding("ok", f"{host} answers, version {row[0] if row else 'unknown'}")


def _tls(cursor: Cursor) -> Finding:
    cursor.execute("SHOW SESSION STATUS LIKE 'Ssl_version'")
    row = cursor.fetchone()
    return Finding("ok", f"certificate verified, {row[1] if row else 'TLS'}")


def _schema(cursor: Cursor, folder: Path, is_private: bool) -> Finding:
    wanted = {file.stem for file in folder.glob("[0-9]*.sql")}
    missing = sorted(wanted - _applied(cursor))
    if not missing:
        return Finding("ok", f"schema up to date ({len(wanted)} migrations)")
    if is_private:
        return Finding("note", "schema not made yet; `make dev` makes it.")
    return Finding(
        "problem", f"these migrations are missing: {', '.join(missing)}", "Run `make migrate`."
    )


def _applied(cursor: Cursor) -> set[str]:
    try:
        cursor.execute("SELECT name FROM schema_migrations WHERE is_complete = 1")
    except pymysql.MySQLError as error:
        if error.args[0] == ER.NO_SUCH_TABLE:
            return set()
        raise
    return {name for (name,) in cursor.fetchall()}
