"""Connections of the local cloud's own tools; the functions have theirs in `shared`."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pymysql
from pymysql.connections import Connection
from pymysql.cursors import Cursor

from local.kit.loopback import is_loopback


def configured_url(environ: Mapping[str, str]) -> str | None:
    """Return the database that is set: by DATABASE_URL or the four PLANETSCALE_ settings."""
    if "DATABASE_URL" in environ:
        return environ["DATABASE_URL"]
    if "PLANETSCALE_HOST" not in environ:
        return None
    user, password, database = (
        quote(environ.get(f"PLANETSCALE_{name}", ""), safe="")
        for name in ("USERNAME", "PASSWORD", "DATABASE")
    )
    return f"mysql://{user}:{password}@{environ['PLANETSCALE_HOST']}/{database}"


def host_of(url: str) -> str:
    return urlsplit(url).hostname or "localhost"


def is_local(url: str) -> bool:
    """Tell whether the database is on this machine."""
    return is_loopback(host_of(url))


def connect(url: str, *, read_seconds: float = 60) -> Connection[Cursor]:
    """Connect with autocommit; to a database elsewhere only through verified TLS.

    Raises pymysql.Error, and ValueError for a port that is no number.
    """
    parts = urlsplit(url)
    return pymysql.connect(
        host=host_of(url),
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.lstrip("/")) or None,
        unix_socket=parse_qs(parts.query).get("unix_socket", [None])[0],
        ssl=None if is_local(url) else ssl.create_default_context(),
        ssl_disabled=is_local(url),
        autocommit=True,
        connect_timeout=5,
        read_timeout=read_seconds,
    )
