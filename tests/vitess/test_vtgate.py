"""What vtgate does in its own way, and what our code makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pymysql
import pytest
from pymysql.constants import CLIENT

from shared import stopwatch, tls
from shared.auth.principal import Principal
from shared.database import followed_users, users, visits
from shared.database.actor import parameters_of
from shared.database.connection import connect
from shared.database.database import Database
from shared.errors import DatabaseUnavailable, SchemaBehind, WriteInDoubt
from shared.settings.database_url import DatabaseUrl, parse_database_url
from tests.support.vitess_server import Vitess
from tests.vitess.conftest import ADDRESS

INSERT = "INSERT INTO notes (id, text) VALUES (%(id)s, %(text)s)"
UPSERT = f"{INSERT} ON DUPLICATE KEY UPDATE text = VALUES(text)"
FIND = "SELECT text FROM notes WHERE id = %(id)s"
SLOW = "SELECT /*vt+ QUERY_TIMEOUT_MS=100 */ SLEEP(5) FROM notes"
NOTE = {"id": 1, "text": "one"}
ADA = Principal("netlify:ada", "netlify", "ada@example.com", "Ada")

OWNERS = "SELECT email, principal_id FROM users ORDER BY email"
AS_BEFORE = [
    {"email": "ada@example.com", "principal_id": None},
    {"email": "new@example.com", "principal_id": "netlify:ada"},
]


class TestBatches:
    def test_the_rows_of_the_last_statement_and_the_count_of_the_first_are_answered(
        self, database: Database
    ) -> None:
        written = database.write(f"{INSERT}; {FIND}", NOTE)

        assert (written.rows_changed, written.rows) == (1, [{"text": "one"}])

    def test_the_first_error_ends_the_batch_and_what_came_before_it_stays(
        self, database: Database
    ) -> None:
        with pytest.raises(pymysql.IntegrityError):
            database.write(f"{INSERT}; {INSERT}; DELETE FROM notes WHERE id = 1", NOTE)

        assert database.read(FIND, NOTE) == [{"text": "one"}]

    def test_an_empty_statement_is_passed_over_in_this_version(self, database: Database) -> None:
        assert database.write(f"{INSERT};; {FIND}", NOTE).rows == [{"text": "one"}]

    def test_a_comment_at_the_end_hides_nothing_in_this_version(self, database: Database) -> None:
        assert database.read("SELECT 1 AS one; -- the end", {}) == [{"one": 1}]


class TestRowsChanged:
    def test_an_update_counts_the_rows_that_it_changes_and_not_those_that_it_finds(
        self, database: Database
    ) -> None:
        database.write(INSERT, NOTE)

        written = database.write("UPDATE notes SET text = 'one' WHERE id = 1", {})

        assert written.rows_changed == 0

    @pytest.mark.parametrize(("text", "rows_changed"), [("one", 0), ("two", 2)])
    def test_an_insert_that_meets_its_row_counts_none_or_two(
        self, database: Database, text: str, rows_changed: int
    ) -> None:
        database.write(INSERT, NOTE)

        assert database.write(UPSERT, {"id": 1, "text": text}).rows_changed == rows_changed

    def test_the_rows_found_are_counted_for_a_client_that_asks_for_them_as_ours_does_not(
        self, vitess: Vitess, database: Database
    ) -> None:
        database.write(INSERT, NOTE)
        url = parse_database_url(vitess.url)
        with closing(
            pymysql.connect(
                unix_socket=url.unix_socket,
                user=url.user,
                database=url.database,
                client_flag=CLIENT.FOUND_ROWS,
            )
        ) as asking:
            assert asking.query("UPDATE notes SET text = 'one' WHERE id = 1") == 1


class TestErrors:
    def test_a_key_that_is_there_is_1062(self, database: Database) -> None:
        database.write(INSERT, NOTE)

        with pytest.raises(pymysql.IntegrityError, match="1062"):
            database.write(INSERT, NOTE)

    @pytest.mark.parametrize("statement", ["SELECT id FROM nowhere", "SELECT nothing FROM notes"])
    def test_a_table_or_column_that_is_missing_is_a_schema_behind(
        self, database: Database, statement: str
    ) -> None:
        with pytest.raises(SchemaBehind):
            database.read(statement, {})

    def test_a_syntax_error_has_the_number_of_anything_unexpected(self, database: Database) -> None:
        with pytest.raises(DatabaseUnavailable) as caught:
            database.read("SELEC 1", {})

        assert caught.value.__cause__.args[0] == 1105


class TestTimeouts:
    def test_a_statement_past_its_own_limit_is_3024_and_an_outage(self, database: Database) -> None:
        database.write(INSERT, NOTE)

        with pytest.raises(DatabaseUnavailable) as caught:
            database.read(SLOW, {})

        assert caught.value.__cause__.args[0] == 3024

    def test_the_limit_of_a_session_is_taken_and_has_no_effect(self, database: Database) -> None:
        database.write("SET max_execution_time = 100", {})

        assert database.read("SELECT @@max_execution_time AS limit_ms", {}) == [{"limit_ms": 0}]

    def test_after_a_timeout_the_next_statement_is_answered(self, database: Database) -> None:
        database.write(INSERT, NOTE)
        with pytest.raises(DatabaseUnavailable):
            database.read(SLOW, {})

        assert database.read(FIND, NOTE) == [{"text": "one"}]


class TestKill:
    def test_it_is_refused_so_a_write_whose_answer_is_late_is_in_doubt(
        self, vitess: Vitess, database: Database
    ) -> None:
        database.write(INSERT, NOTE)
        with closing(connect(parse_database_url(vitess.url), 8)) as holder:
            holder.begin()
            holder.query("SELECT text FROM notes WHERE id = 1 FOR UPDATE")
            with stopwatch.budget(1200), pytest.raises(WriteInDoubt):
                database.write("UPDATE notes SET text = 'late' WHERE id = 1", {})


class TestTls:
    """Our code checks the certificate of every host but localhost and 127.0.0.1."""

    @pytest.fixture
    def url(self, vitess: Vitess) -> DatabaseUrl:
        local = parse_database_url(vitess.url)
        return DatabaseUrl(ADDRESS, local.user, local.database, port=vitess.port)

    @pytest.fixture(autouse=True)
    def authorities(self) -> Iterator[None]:
        tls.context.cache_clear()
        yield
        tls.context.cache_clear()

    def test_a_verified_connection_is_encrypted(
        self, url: DatabaseUrl, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

        with closing(connect(url, 8)) as connection:
            assert connection._sock.version().startswith("TLSv1.")

    def test_a_certificate_of_nobody_known_is_refused(
        self, url: DatabaseUrl, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)

        with pytest.raises(pymysql.OperationalError, match="CERTIFICATE_VERIFY_FAILED"):
            connect(url, 8)


class TestLookups:
    """A value that another row has is met by the lookup table first, which knows no IGNORE."""

    @pytest.fixture(autouse=True)
    def no_users(self, database: Database) -> None:
        database.write("DELETE FROM users", {})

    @pytest.fixture
    def ada_and_an_invitation(self, database: Database) -> None:
        """Ada has a row under her new address, and her old one was invited."""
        database.write(visits.SEE, parameters_of(ADA._replace(email="new@example.com")))
        invited = {"email": ADA.email, "provider": "netlify", "name": "Ada", "actor": "x"}
        database.write(users.INVITE, invited)

    @pytest.mark.usefixtures("ada_and_an_invitation")
    def test_a_visit_claims_no_second_row(self, database: Database) -> None:
        database.write(visits.SEE, parameters_of(ADA))

        assert database.read(OWNERS, {}) == AS_BEFORE

    @pytest.mark.usefixtures("ada_and_an_invitation")
    def test_what_a_provider_said_before_claims_no_second_row(self, database: Database) -> None:
        person = {"actor": ADA.id, "provider": ADA.provider, "email": ADA.email, "name": ADA.name}

        database.write(followed_users.FOLLOW, {**person, "asked_at": "2020-01-01 00:00:00"})

        assert database.read(OWNERS, {}) == AS_BEFORE

    def test_a_used_key_completes_no_invitation(self, database: Database) -> None:
        first = {"email": "a@example.com", "provider": "netlify", "name": "A", "actor": "x"}
        second = first | {"email": "b@example.com"}
        key = {"key": "k", "request_hash": "h"}
        database.write(users.CREATE, first | key)
        database.write(users.INVITE, second)

        database.write(users.CREATE, second | key)

        assert database.read("SELECT email FROM users WHERE creation_key = 'k'", {}) == [
            {"email": "a@example.com"}
        ]
