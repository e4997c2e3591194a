"""GoTrue itself as Netlify runs it: one process for many sites, each an instance in its database.

The caller of an instance signs a header that names it (`x-nf-sign`, GoTrue `api/helpers.go`), as
Netlify's proxy does. What else Netlify knows of a site is in that header, too: its functions that
are called with events.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import jwt
import requests

from local.database import choose_engine
from local.database.connection import connect
from local.database.protocol import Database
from local.identity import IdentityConfig
from local.kit.ports import bound_socket
from shared.settings.database_url import parse_database_url
from tests.support.mail_sink import Mail, MailSink, receiving_mail
from tests.witnesses.gotrue import MIGRATIONS, Program

OPERATOR_TOKEN = "the-token-of-the-operator-of-the-GoTrue-under-test"
DATABASE = "gotrue"
NANOSECONDS = 10**9
START_SECONDS = 30.0

_OLDER = {
    "users": (
        "created_at",
        "updated_at",
        "confirmed_at",
        "invited_at",
        "confirmation_sent_at",
        "recovery_sent_at",
        "email_change_sent_at",
        "last_sign_in_at",
    ),
    "refresh_tokens": ("created_at", "updated_at"),
}


class RowsAge:
    """In place of a clock that can be moved: all that an instance remembers becomes older.

    Tokens that are out already stay as they are, since their times are signed.
    """

    def __init__(self, database_url: str, instance_id: str) -> None:
        self._database_url = database_url
        self._instance_id = instance_id

    def now(self) -> float:
        return time.time()

    def advance(self, seconds: float) -> None:
        with connect(self._database_url) as connection, connection.cursor() as cursor:
            for table, columns in _OLDER.items():
                changes = ", ".join(f"{one} = {one} - INTERVAL %s SECOND" for one in columns)
                cursor.execute(
                    f"UPDATE {table} SET {changes} WHERE instance_id = %s",
                    (*[seconds] * len(columns), self._instance_id),
                )


class Instance:
    """One site's Identity in the running server."""

    def __init__(
        self,
        url: str,
        headers: dict[str, str],
        clock: RowsAge,
        newest_mails: Callable[[], list[Mail]],
    ) -> None:
        self.url = url
        self.headers = headers
        self.clock = clock
        self.newest_mails = newest_mails


class GoTrueServer:
    """The process, its database and its mail."""

    def __init__(self, url: str, database_url: str, engine: str, sink: MailSink) -> None:
        self.engine = engine
        self._url = url
        self._database_url = database_url
        self._sink = sink
        self._numbers = itertools.count(1)

    def instance(self, config: IdentityConfig) -> Instance:
        """Make one of this configuration, as Netlify's operator does (`POST /instances`)."""
        sender = f"identity-{next(self._numbers)}@example.org"
        answer = requests.post(
            f"{self._url}/instances",
            json={"uuid": str(uuid.uuid4()), "config": self._configuration(config, sender)},
            headers={"Authorization": f"Bearer {OPERATOR_TOKEN}"},
            timeout=10,
        )
        assert answer.status_code == 201, answer.text
        instance_id = answer.json()["id"]
        return Instance(
            self._url,
            {"x-nf-sign": _signature(instance_id, config)},
            RowsAge(self._database_url, instance_id),
            lambda: [mail for mail in self._sink.mails if mail.sender == sender][::-1],
        )

    def _configuration(self, config: IdentityConfig, sender: str) -> dict[str, Any]:
        """The same settings by GoTrue's names (`conf/configuration.go`), periods in nanoseconds."""
        return {
            "site_url": config.site_url,
            "disable_signup": config.disable_signup,
            "jwt": {
                "secret": config.secret,
                "aud": config.audience,
                "exp": config.access_token_seconds,
                "refresh_token_lifetime": config.refresh_token_seconds,
            },
            "smtp": {
                "host": self._sink.hostname,
                "port": self._sink.port,
                "admin_email": sender,
                "max_frequency": config.mail_pause_seconds * NANOSECONDS,
            },
            "mailer": {
                "autoconfirm": config.autoconfirm,
                "confirmation_max_age": config.confirmation_seconds * NANOSECONDS,
                "invite_max_age": config.invite_seconds * NANOSECONDS,
                "recovery_max_age": config.recovery_seconds * NANOSECONDS,
            },
            "webhook": {
                "url": config.webhook_url,
                "secret": config.webhook_secret,
                "events": list(config.webhook_events),
            },
            "cookies": {"duration": config.cookie_seconds},
        }


def _signature(instance_id: str, config: IdentityConfig) -> str:
    claims = {
        "id": instance_id,
        "netlify_id": str(uuid.uuid4()),
        "site_url": config.site_url,
        "function_hooks": {event: [url] for event, url in config.function_hooks.items()},
    }
    return jwt.encode(claims, OPERATOR_TOKEN, "HS256")


@contextmanager
def running_gotrue(program: Program, folder: Path) -> Iterator[GoTrueServer]:
    """The server over a private database in `folder`, whose engine DEV_DB chooses."""
    with (
        _private_database(folder) as database,
        receiving_mail() as sink,
        (folder / "gotrue.log").open("wb") as log,
    ):
        settings = _settings(database.url, program)
        start = partial(subprocess.Popen, cwd=folder, env=settings, stdout=log, stderr=log)
        assert start([program.path, "migrate"]).wait() == 0, "no migration; see gotrue.log"
        process = start([program.path, "multi"])
        try:
            url = f"http://127.0.0.1:{settings['PORT']}"
            _wait_until_it_answers(url, process)
            address = database.url.replace("/latchkey?", f"/{DATABASE}?")
            yield GoTrueServer(url, address, database.engine, sink)
        finally:
            process.terminate()
            process.wait(timeout=10)


@contextmanager
def _private_database(folder: Path) -> Iterator[Database]:
    """A server with an empty database for GoTrue."""
    environ = {name: os.environ[name] for name in ("PATH", "DEV_DB") if name in os.environ}
    database = choose_engine(environ, folder, print)
    database.start()
    try:
        with connect(database.url) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {DATABASE}")
        yield database
    finally:
        database.stop()


def _settings(database_url: str, program: Program) -> dict[str, str]:
    url = parse_database_url(database_url)
    with bound_socket("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    address = f"{url.user}@unix({url.unix_socket})/{DATABASE}"
    return {
        "DATABASE_URL": f"{address}?parseTime=true&multiStatements=true",
        "GOTRUE_DB_DRIVER": "mysql",
        MIGRATIONS: str(program.migrations),
        "GOTRUE_OPERATOR_TOKEN": OPERATOR_TOKEN,
        "GOTRUE_API_HOST": "127.0.0.1",
        "PORT": str(port),
        "TZ": "UTC",
    }


def _wait_until_it_answers(url: str, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            requests.get(f"{url}/health", timeout=5)
        except requests.ConnectionError:
            assert process.poll() is None, "GoTrue has ended; its log is gotrue.log"
            assert time.monotonic() < deadline, "GoTrue does not answer; its log is gotrue.log"
            time.sleep(0.05)
        else:
            return
