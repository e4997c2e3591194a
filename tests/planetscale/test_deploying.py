"""`make deploy-db` and `revert` with the real pscale, into real databases."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from migrations import deploy_steps
from migrations.apply import apply
from migrations.files import read_migrations
from migrations.history import History
from shared.database.connection import connect

ROOT = Path(__file__).parents[2]
MIGRATIONS = read_migrations()
NAMES = [migration.name for migration in MIGRATIONS]
BRANCH = f"migrations-{NAMES[-1].partition('_')[0]}"
OURS = ["deleted_accounts", "issues", "schema_migrations", "throttles", "users"]
# Rows of the code before 0003_people: one that its owner has claimed, and one that an admin added.
ADDED_BY_AN_ADMIN = "a" * 64
OLD_ROWS = f"""
    INSERT INTO users (email, name, stytch_user_id, idempotency_key) VALUES
      ('ada@example.com', 'Ada', 'user-test-1', SHA2('ada@example.com', 256)),
      ('bob@example.com', 'Bob', NULL, '{ADDED_BY_AN_ADMIN}')
"""
OLD_ISSUE = """
    INSERT INTO issues
      (title, assignee_id, assignee_name, assignee_email, idempotency_key, request_hash)
    VALUES ('Ärger', 'stytch:user-test-1', 'Ada', 'ada@example.com', 'k', 'h')
"""


@pytest.fixture
def main(planetscale):
    return planetscale.branches["main"]


@pytest.fixture
def with_rows_of_before(main):
    """`main` as it was before 0003_people, with rows."""
    with connect(main.url, 60) as connection:
        apply(connection, MIGRATIONS[:2], lambda _line: None)
    main.execute(OLD_ROWS)
    main.execute(OLD_ISSUE)


def recorded(branch):
    """The names of what is applied there."""
    with connect(branch.url, 60) as connection:
        return [
            name for name, record in History(connection).records().items() if record.is_complete
        ]


def columns(branch, table):
    return [name for (name, *_) in branch.execute(f"SHOW COLUMNS FROM {table}")]


def emails(branch):
    return [email for (email,) in branch.execute("SELECT email FROM users ORDER BY id")]


def changes(planetscale):
    """What was asked of the API, but for reading, and for the passwords of `connect`."""
    return [
        asked
        for asked in planetscale.api.asked
        if not asked.startswith("GET ") and "/passwords" not in asked
    ]


# A deployment


@pytest.mark.timeout(240)
def test_make_deploy_db_brings_an_empty_main_the_schema_and_its_history(planetscale, main):
    done = subprocess.run(
        ["make", "deploy-db", "ARGS=--yes"],
        cwd=ROOT,
        env=dict(os.environ),
        text=True,
        stdout=subprocess.PIPE,
    )

    assert (done.returncode, main.tables(), recorded(main)) == (0, OURS, NAMES)
    assert main.definitions() == planetscale.branches[BRANCH].definitions()
    assert "To take this back within 30 minutes" in done.stdout


def test_a_second_run_has_nothing_to_do(planetscale, main, deploy_db, capfd):
    with connect(main.url, 60) as connection:
        apply(connection, MIGRATIONS, lambda _line: None)

    assert (deploy_db("--yes"), changes(planetscale)) == (0, [])
    assert capfd.readouterr().out.endswith("main is up to date\n")


def test_no_password_outlives_the_command_that_it_was_made_for(planetscale, deploy_db):
    deploy_db("--yes")

    roles = [(password.branch, password.role) for password in planetscale.passwords.made]
    assert roles == [("main", "reader"), (BRANCH, "admin"), ("main", "readwriter")]
    assert planetscale.passwords.valid == []


def test_the_settings_of_the_functions_do_not_lead_pscale_astray(main, deploy_db, monkeypatch):
    for name in ("HOST", "USERNAME", "PASSWORD", "DATABASE"):
        monkeypatch.setenv(f"PLANETSCALE_{name}", "192.0.2.1")  # nobody's address

    assert (deploy_db("--yes"), main.tables()) == (0, OURS)


# A migration that drops something


@pytest.mark.usefixtures("with_rows_of_before")
def test_it_waits_for_a_deployment_of_its_own_and_the_rows_are_kept(main, deploy_db, capfd):
    status = deploy_db("--yes")

    assert (status, recorded(main), emails(main)) == (
        0,
        NAMES[:3],
        ["ada@example.com", "bob@example.com"],
    )
    assert {"stytch_user_id", "principal_id"} <= set(columns(main, "users"))
    assert "0004_people_contract drops what the code before may use" in capfd.readouterr().out


@pytest.mark.usefixtures("with_rows_of_before")
def test_it_is_held_in_the_queue_until_the_one_before_cannot_be_reverted(
    planetscale, main, deploy_db, capfd, monkeypatch
):
    deploy_db("--yes", "--branch", "expand")
    skip = "pscale deploy-request skip-revert latchkey 1"
    monkeypatch.setattr(deploy_steps.time, "sleep", lambda _: subprocess.run(skip.split()))

    status = deploy_db("--yes", "--branch", "contract")

    assert f"or at once with `{skip}`" in capfd.readouterr().out
    assert (status, recorded(main)) == (0, NAMES)
    assert planetscale.api.deploy_requests[1].state == "complete"


@pytest.mark.usefixtures("with_rows_of_before")
def test_what_it_drops_is_copied_before_it_is_deployed(planetscale, main, deploy_db):
    deploy_db("--yes", "--branch", "expand")
    planetscale.api.deploy_requests.skip_revert(1)

    status = deploy_db("--yes", "--branch", "contract")

    assert (status, recorded(main)) == (0, NAMES)
    assert not {"stytch_user_id", "idempotency_key"} & set(columns(main, "users"))
    assert main.execute("SELECT principal_id, creation_key FROM users ORDER BY id") == (
        ("stytch:user-test-1", None),
        (None, ADDED_BY_AN_ADMIN),
    )
    assert main.execute("SELECT title, title_key FROM issues") == (("Ärger", "ärger".encode()),)


# What fails, and going on


@pytest.mark.parametrize(
    ("failing", "applied_on_branch"),
    [
        ("POST .*/branches$", None),
        (f"POST .*/{BRANCH}/passwords", []),
        ("POST .*/deploy-requests$", NAMES),
        ("POST .*/deploy$", NAMES),
    ],
)
def test_a_run_that_failed_is_taken_to_its_end_by_the_next(
    failing, applied_on_branch, planetscale, main, deploy_db, capfd
):
    planetscale.api.failing = failing
    status = deploy_db("--yes")
    told = capfd.readouterr().err
    branches = planetscale.branches
    on_branch = recorded(branches[BRANCH]) if BRANCH in branches else None
    planetscale.api.failing = ""

    assert (status, on_branch, main.tables()) == (1, applied_on_branch, [])
    assert "The service is unavailable" in told
    assert told.endswith("\nNext: make deploy-db ARGS=--yes\n")
    assert (deploy_db("--yes"), main.tables(), recorded(main)) == (0, OURS, NAMES)
    assert len(planetscale.api.deploy_requests.all()) == 1


def test_a_deployment_that_could_not_be_recorded_is_recorded_by_the_next_run(
    planetscale, main, deploy_db, monkeypatch
):
    def and_main_is_out_of_reach(_seconds):
        planetscale.api.failing = "POST .*/main/passwords"

    monkeypatch.setattr(deploy_steps.time, "sleep", and_main_is_out_of_reach)
    status = deploy_db("--yes")
    planetscale.api.failing = ""

    assert (status, main.tables(), recorded(main)) == (1, OURS, [])
    assert (deploy_db("--yes"), recorded(main)) == (0, NAMES)
    assert len(planetscale.api.deploy_requests.all()) == 1


def test_a_schema_that_planetscale_refuses_is_not_deployed(planetscale, main, deploy_db, capfd):
    branch = planetscale.branches.create(BRANCH, "main")
    branch.execute("CREATE TABLE notes (text VARCHAR(20)) ENGINE=InnoDB")

    status = deploy_db("--yes")

    told = capfd.readouterr().err
    assert (status, main.tables()) == (1, [])
    assert "Deploy request 1 is error: table notes has no unique key" in told
    assert told.endswith(f"\nNext: pscale branch delete latchkey {BRANCH}\n")


def test_a_command_that_fails_inside_connect_stops_the_run(planetscale, main, deploy_db, capfd):
    branch = planetscale.branches.create(BRANCH, "main")
    branch.execute("CREATE TABLE users (id INT NOT NULL, PRIMARY KEY (id))")  # not the one of 0001

    status = deploy_db("--yes")

    told = capfd.readouterr().err
    assert (status, changes(planetscale)) == (1, [])
    assert "0003_people.sql stopped at statement" in told
    assert told.endswith("\nNext: make deploy-db ARGS=--yes\n")


@pytest.mark.parametrize(
    ("name", "value", "said", "next_command"),
    [
        ("SERVICE_TOKEN", "wrong", "API authentication failed", "pscale auth login"),
        ("ORG", "", 'required flag(s) \\"org\\" not set', "make deploy-db ARGS=--yes"),
    ],
)
def test_who_is_not_known_to_planetscale_is_told_what_is_missing(
    name, value, said, next_command, deploy_db, monkeypatch, capfd
):
    monkeypatch.setenv(f"PLANETSCALE_{name}", value)

    status = deploy_db("--yes")

    told = capfd.readouterr().err
    assert (status, said in told) == (1, True)
    assert told.endswith(f"\nNext: {next_command}\n")


# Taking a deploy request back


@pytest.mark.usefixtures("with_rows_of_before")
def test_a_revert_takes_the_schema_and_its_records_back_and_keeps_all_rows(main, deploy_db):
    before = main.definitions()
    deploy_db("--yes")
    main.execute("INSERT INTO users (email, name) VALUES ('eve@example.com', 'Eve')")
    main.execute("DELETE FROM users WHERE email = 'bob@example.com'")
    main.execute("UPDATE users SET name = 'Ada L.' WHERE email = 'ada@example.com'")

    status = deploy_db("revert", "1")

    assert (status, main.definitions(), recorded(main)) == (0, before, NAMES[:2])
    assert main.execute("SELECT email, name, stytch_user_id FROM users ORDER BY id") == (
        ("ada@example.com", "Ada L.", "user-test-1"),
        ("eve@example.com", "Eve", None),
    )


def test_a_first_deployment_that_is_reverted_leaves_nothing_and_can_be_deployed_again(
    main, deploy_db
):
    deploy_db("--yes")

    assert (deploy_db("revert", "1"), main.tables()) == (0, [])
    assert (deploy_db("--yes"), main.tables(), recorded(main)) == (0, OURS, NAMES)


def test_what_cannot_be_reverted_any_more_is_refused_by_planetscale(
    planetscale, main, deploy_db, capfd
):
    deploy_db("--yes")
    planetscale.api.deploy_requests.skip_revert(1)

    status = deploy_db("revert", "1")

    assert (status, recorded(main)) == (1, NAMES)
    assert "too late to revert" in capfd.readouterr().err


def test_only_the_last_deployment_can_be_reverted(planetscale, main, deploy_db, capfd):
    with connect(main.url, 60) as connection:
        apply(connection, MIGRATIONS[:2], lambda _line: None)
    deploy_db("--yes", "--branch", "expand")
    planetscale.api.deploy_requests.skip_revert(1)
    deploy_db("--yes", "--branch", "contract")

    status = deploy_db("revert", "1")

    assert (status, recorded(main)) == (1, NAMES)
    assert capfd.readouterr().err.endswith(
        "\nNext: make deploy-db ARGS='revert 2 --database latchkey'\n"
    )
