"""PlanetScale's edge: statements over HTTPS, into the database of the branch of a password.

The protocol is Connect's, unary (connectrpc.com), with the messages of github.com/planetscale/psdb.
What vtgate refuses of a role or of a protected branch is refused here.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass

import pymysql
from pymysql.constants import SERVER_STATUS

from tests.planetscale import edge_messages as messages
from tests.planetscale import s2
from tests.planetscale.branches import STATEMENT_SECONDS, Branch, Branches
from tests.planetscale.edge_messages import Refusal, Result
from tests.planetscale.http_service import Answer, Request
from tests.planetscale.passwords import Password, Passwords

SERVICE = "/psdb.v1alpha1.Database/"
DEFINES = re.compile(r"\s*(CREATE|ALTER|DROP|TRUNCATE|RENAME)\b", re.IGNORECASE)
READS = re.compile(r"\s*(SELECT|SHOW|DESCRIBE|EXPLAIN)\b", re.IGNORECASE)
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
MAY = {
    "reader": (READS,),
    "writer": (WRITES,),
    "readwriter": (READS, WRITES),
    "admin": (READS, WRITES, DEFINES),
}
_USE = re.compile(r"\s*use\s+`?(.+?)`?\s*", re.IGNORECASE)


@dataclass
class Session:
    """A connection of a client, with a connection of its own to MySQL."""

    id: bytes
    password: Password
    connection: pymysql.Connection[pymysql.cursors.Cursor]

    @property
    def in_transaction(self) -> bool:
        return bool(self.connection.server_status & SERVER_STATUS.SERVER_STATUS_IN_TRANS)


class Edge:
    """Answers as the edge does; `database` is the name that clients know the branches by."""

    def __init__(self, database: str, branches: Branches, passwords: Passwords) -> None:
        self._database = database
        self._branches = branches
        self._passwords = passwords
        self._sessions: dict[bytes, Session] = {}

    def answer(self, request: Request) -> Answer:
        password = self._passwords.of(request.headers.get("authorization", ""))
        if password is None:
            return _error(401, "unauthenticated", "invalid username or password")
        body = request.body
        if request.headers.get("content-encoding") == "s2":
            body = s2.decompressed(body)
        match request.path.removeprefix(SERVICE):
            case "CreateSession":
                return _proto(messages.created(password.branch, secrets.token_bytes(8)))
            case "Execute":
                return _proto(self._execute(password, messages.read_execute(body)))
        return _error(501, "unimplemented", f"{request.path} is not known here")

    def hang_up(self, password: Password) -> None:
        """End what was connected with a password: psdbproxy closes no session itself."""
        for session in [one for one in self._sessions.values() if one.password == password]:
            self._sessions.pop(session.id).connection.close()

    def _execute(self, password: Password, asked: messages.Execute) -> bytes:
        session = self._sessions.get(asked.session) or self._opened(password)
        try:
            result = self._run(session, asked.query)
        except Refusal as refusal:
            return messages.refused(session.id, refusal, session.in_transaction)
        return messages.executed(session.id, result, session.in_transaction)

    def _opened(self, password: Password) -> Session:
        url = self._branches[password.branch].url
        connection = pymysql.connect(
            unix_socket=url.unix_socket,
            user=url.user,
            password=url.password,
            database=url.database,
            charset="utf8mb4",
            autocommit=True,
            read_timeout=STATEMENT_SECONDS,
            conv={},  # values stay as the server sends them
            use_unicode=False,
        )
        session = Session(secrets.token_bytes(8), password, connection)
        self._sessions[session.id] = session
        return session

    def _run(self, session: Session, query: str) -> Result:
        if chosen := _USE.fullmatch(query):
            if chosen[1] != self._database:
                text = f"unknown database '{chosen[1]}' in vschema (errno 1049) (sqlstate 42000)"
                raise Refusal(messages.UNKNOWN, text)
            return Result()
        branch = self._branches[session.password.branch]
        _refuse(query, session.password.role, branch)
        try:
            session.connection.query(query)
        except pymysql.MySQLError as error:
            raise _as_vitess_says_it(error, self._database) from error
        answered = session.connection._result
        return Result(
            fields=answered.fields if answered.description else (),
            rows=answered.rows or (),
            affected=answered.affected_rows,
            insert_id=answered.insert_id or 0,
        )


def _refuse(query: str, role: str, branch: Branch) -> None:
    """Raises Refusal for what the role may not do, or nobody on a branch with safe migrations."""
    if DEFINES.match(query) and branch.safe_migrations:
        raise Refusal(messages.UNKNOWN, "direct DDL is disabled")
    kinds = [kind for kind in (READS, WRITES, DEFINES) if kind.match(query)]
    if not set(kinds) <= set(MAY[role]):
        word = query.split()[0].capitalize()
        text = f"{word} command denied to user 'planetscale-{role}-only' (ACL check error)"
        raise Refusal(messages.PERMISSION_DENIED, text)


def _as_vitess_says_it(error: pymysql.MySQLError, keyspace: str) -> Refusal:
    """psdbproxy reads number and state out of the text (vitess, `go/mysql/sqlerror`)."""
    number, text = error.args
    state = "42S02" if number == 1146 else "HY000"
    where = f"target: {keyspace}.-.primary: vttablet: rpc error"
    return Refusal(
        messages.UNKNOWN, f"{where}: {text} (errno {number}) (sqlstate {state}) (CallerID: user)"
    )


def _proto(body: bytes) -> Answer:
    return Answer(200, "application/proto", body)


def _error(status: int, code: str, message: str) -> Answer:
    body = json.dumps({"code": code, "message": message})
    return Answer(status, "application/json", body.encode())
