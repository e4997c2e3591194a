"""The whole local cloud with both of its faces, and people who may call it."""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pymysql
import requests

from local.database import database_for_tools
from tests.security.description import Operation, example_of, read_operations
from tests.security.people import People, Person
from tests.support.running_cloud import RunningCloud

FACES = {"Netlify": "Web app", "AWS": "AWS HTTP API"}
TRIES = 3  # of making a row, where the machine is too slow for the first
MARK = "INSERT INTO deleted_accounts (principal_id, deleted_at) VALUES (%s, UTC_TIMESTAMP(6))"


class Site:
    """A running cloud, the people who use it, and its rows."""

    def __init__(self, cloud: RunningCloud) -> None:
        store = cloud.state / "store.sqlite3"
        self.people = People(store, store, cloud.url, self.mark_deleted)
        self.faces = {face: cloud.address(label) for face, label in FACES.items()}
        self._socket = socket_of(cloud)
        self._makers = {one.path: one for one in read_operations() if one.method == "POST"}
        self._owner = self.people.new("netlify", "admin")

    def close(self) -> None:
        self.people.close()

    def call(self, face: str, operation: Operation, headers: dict[str, str]) -> requests.Response:
        """One request that fits the description; a row that it needs is made first."""
        return self._request(face, operation, self._path(operation), headers)

    def mark_deleted(self, person: Person) -> None:
        """As the first step of a deletion does."""
        self.run(MARK, person.principal_id)

    def forget_tries(self) -> None:
        """Let logins and invitations be counted anew."""
        self.run("DELETE FROM throttles")

    def run(self, statement: str, *values: str) -> None:
        with (
            pymysql.connect(
                unix_socket=self._socket, user="root", database="latchkey", autocommit=True
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)

    def _request(
        self, face: str, operation: Operation, path: str, headers: dict[str, str]
    ) -> requests.Response:
        query = {name: example_of(schema) for name, schema in operation.query}
        return requests.request(
            operation.method,
            f"{self.faces[face]}/api{path}?{urlencode(query)}".removesuffix("?"),
            headers=headers,
            json=example_of(operation.body) if operation.body else None,
            allow_redirects=False,
            timeout=60,
        )

    def new_row(self, collection: str) -> int:
        """The id of a new row of somebody else's; 1 where no operation makes one."""
        maker = self._makers.get(collection)
        if maker is None:
            return 1
        owner = {"Authorization": f"Bearer {self._owner.jwt}"}
        for _ in range(TRIES):
            made = self._request("AWS", maker, maker.path, owner)
            if made.status_code == 201:
                return int(made.json()["id"])
        raise RuntimeError(f"no row could be made: {made.status_code} {made.text}")

    def _path(self, operation: Operation) -> str:
        if "{" not in operation.path:
            return operation.path
        return re.sub(r"\{\w+\}", str(self.new_row(operation.collection)), operation.path)


def socket_of(cloud: RunningCloud) -> str:
    """The Unix socket of the cloud's private database server."""
    with database_for_tools(os.environ, cloud.state, lambda _line: None) as url:
        [path] = parse_qs(urlsplit(url).query)["unix_socket"]
    return path
