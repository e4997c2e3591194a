"""Reading `mysql://user:password@host:port/database?…` (PyMySQL has no parser of its own)."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

# Values with which other drivers (Prisma, mysql2, Go, JDBC, Python) turn the certificate check off;
# here nothing does. Names are compared without - and _.
_UNVERIFIED = {
    "sslaccept": {"accept_invalid_certs"},
    "sslmode": {"disable", "disabled", "allow", "prefer", "preferred", "require", "required"},
    "ssl": {"false", "0", "no", "off", '{"rejectunauthorized":false}'},
    "tls": {"false", "0", "no", "off", "skip-verify", "preferred"},
    "usessl": {"false"},
    "requiressl": {"false"},
    "verifyservercertificate": {"false"},
    "trustservercertificate": {"true"},
    "sslverifycert": {"false", "0"},
    "sslverifyidentity": {"false", "0"},
    "sslverifyservercert": {"false", "0"},
    "ssldisabled": {"true", "1"},
    "tlsinsecure": {"true", "1"},
}


@dataclass(frozen=True)
class DatabaseUrl:
    """Where the database is, and as whom to enter; the password is never shown."""

    host: str
    user: str
    database: str
    password: str = field(default="", repr=False)
    port: int = 3306
    unix_socket: str | None = None

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
    query = {name.lower(): value for name, value in parse_qsl(parts.query)}
    url = DatabaseUrl(
        host=parts.hostname or "localhost",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.lstrip("/")),
        port=parts.port or 3306,
        unix_socket=query.get("unix_socket"),
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


def _refuse_unverified(query: dict[str, str]) -> None:
    for name, value in query.items():
        refused = _UNVERIFIED.get(name.replace("-", "").replace("_", ""), ())
        if value.lower().replace(" ", "") in refused:
            raise ValueError(f"asks for an unverified connection ({name}); remove that part")
