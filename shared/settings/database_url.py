"""Reading `mysql://user:password@host:port/database?…` (PyMySQL has no parser of its own)."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

# How other drivers (Prisma, mysql2, Go, JDBC, Python) are told to check no certificate. Nothing
# turns the check off here. Names are compared in lower case, without - and _.
_WEAK_MODES = {
    "sslaccept": {"accept_invalid_certs"},
    "sslmode": {"disable", "disabled", "allow", "prefer", "preferred", "require", "required"},
    "tls": {"skip-verify", "preferred"},
}
_SWITCHES = frozenset({"ssl", "tls", "usessl", "requiressl"})
_CHECKS = ("verif", "rejectunauthorized")
_EXCEPTIONS = ("insecure", "trustserver", "ssldisabled", "skipverify", "allowinvalid")
_OFF = frozenset({"false", "0", "no", "off", "none"})
_ON = frozenset({"true", "1", "yes", "on"})
_NOT_REJECTED = r'rejectunauthorized"?:"?(false|0|null)'  # in mysql2's JSON


class DatabaseUrl(NamedTuple):
    """Where the database is, and as whom to enter; the password is never shown."""

    host: str
    user: str
    database: str
    password: str = ""
    port: int = 3306
    unix_socket: str | None = None

    def __repr__(self) -> str:
        place = self.unix_socket or f"{self.host}:{self.port}"
        return f"DatabaseUrl({self.user} at {place}/{self.database})"

    @property
    def is_local(self) -> bool:
        """Whether no network is crossed, so that TLS has nothing to protect."""
        return self.unix_socket is not None or self.host in LOOPBACK


def parse_database_url(text: str) -> DatabaseUrl:
    """Parse a connection string; raises ValueError that says what is wrong, without the password.

    User, password and database are percent-decoded. A remote host is always reached through
    verified TLS, whatever the query says; a query that asks for less is refused.
    """
    parts = _split(text)
    if parts.scheme not in {"mysql", "mysql2"}:
        raise ValueError("must start with mysql://")
    query = [(name.lower(), value) for name, value in parse_qsl(parts.query)]
    url = DatabaseUrl(
        host=parts.hostname or "localhost",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.lstrip("/")),
        port=parts.port or 3306,
        unix_socket=dict(query).get("unix_socket"),
    )
    if not url.user:
        raise ValueError("names no user (mysql://user:password@host/database)")
    if not url.database:
        raise ValueError("names no database (mysql://user:password@host/database)")
    if not url.is_local:
        _refuse_unverified(query)
    return url


def _split(text: str) -> SplitResult:
    """The parts of the URL; Python's own complaints would quote the password."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError("is not a URL; percent-encode what is special in it") from None
    try:
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise ValueError("has a port that is not a number from 1 to 65535") from None
    return parts


def _refuse_unverified(query: list[tuple[str, str]]) -> None:
    for name, value in query:
        plain_name = name.replace("-", "").replace("_", "")
        if _is_unverified(plain_name, value.lower().replace(" ", "")):
            raise ValueError(f"asks for an unverified connection ({name}); remove that part")


def _is_unverified(name: str, value: str) -> bool:
    if value in _WEAK_MODES.get(name, ()) or re.search(_NOT_REJECTED, value):
        return True
    if value in _OFF:
        return name in _SWITCHES or any(check in name for check in _CHECKS)
    return value in _ON and any(exception in name for exception in _EXCEPTIONS)
