"""`python -m migrations.deploy` with a fake PlanetScale whose branches are real databases."""

from __future__ import annotations

import pytest

from migrations import deploy
from migrations.apply import apply
from migrations.files import read_migrations
from migrations.history import History
from shared.database.connection import connect

MIGRATIONS = read_migrations()
NAMES = [migration.name for migration in MIGRATIONS]
BRANCH = f"migrations-{NAMES[-1].partition('_')[0]}"
OURS = ["deleted_accounts", "issues", "schema_migrations", "throttles", "users"]
ALL = {migration.name: migration.checksum for migration in MIGRATIONS}


@pytest.fixture
def open_branch(planetscale):
    """Opens a connection to a branch."""
    return lambda branch: connect(planetscale.url_of(branch), 60)


def recorded(connection):
    """The checksums of what is applied, by name."""
    return {name: record.checksum for name, record in History(connection).records().items()}


def test_an_empty_main_gets_the_schema_and_its_history(planetscale, open_branch):
    status = deploy.main(["--yes"])

    with open_branch("main") as main:
        assert (status, planetscale.tables("main"), recorded(main)) == (0, OURS, ALL)


def test_a_second_run_has_nothing_to_do(open_branch, capfd):
    deploy.main(["--yes"])
    capfd.readouterr()

    assert deploy.main(["--yes"]) == 0
    assert capfd.readouterr().out.endswith("main is up to date\n")


def test_a_branch_of_a_main_that_has_some_gets_their_history_and_applies_the_rest(
    planetscale, open_branch, capfd
):
    with open_branch("main") as main:
        apply(main, MIGRATIONS[:1], lambda _line: None)

    deploy.main(["--yes"])
    deploy.main(["--yes"])  # what drops something is deployed by itself

    said = capfd.readouterr().out
    assert [f"recorded {NAMES[0]}" in said, f"applied {NAMES[0]}" in said] == [True, False]
    assert f"applied {NAMES[1]}" in said
    with open_branch("main") as main, open_branch(BRANCH) as branch:
        assert (planetscale.tables("main"), recorded(main), recorded(branch)) == (OURS, ALL, ALL)


def test_a_revert_of_everything_takes_the_history_with_it(planetscale):
    deploy.main(["--yes"])

    status = deploy.main(["revert", "1"])

    assert (status, planetscale.tables("main")) == (0, [])


def test_what_was_reverted_can_be_deployed_again(planetscale, open_branch):
    deploy.main(["--yes"])
    deploy.main(["revert", "1"])

    status = deploy.main(["--yes"])

    with open_branch("main") as main:
        assert (status, planetscale.tables("main"), recorded(main)) == (0, OURS, ALL)


def test_a_revert_of_the_newest_leaves_the_history_of_the_others(open_branch):
    with open_branch("main") as main:
        apply(main, MIGRATIONS[:1], lambda _line: None)
    deploy.main(["--yes"])

    deploy.main(["revert", "1"])

    with open_branch("main") as main:
        assert list(recorded(main)) == NAMES[:1]


ROWS = "INSERT INTO users (email, name, idempotency_key) VALUES ('ada@example.com', 'Ada', 'k')"


def emails(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM users ORDER BY id LIMIT 9")
        return [row["email"] for row in cursor]


def test_rows_stay_through_a_deployment_and_a_revert(open_branch):
    with open_branch("main") as main:
        apply(main, MIGRATIONS[:2], lambda _line: None)
        main.query(ROWS)
    deploy.main(["--yes"])
    with open_branch("main") as main:
        deployed = emails(main)
        main.query(ROWS.replace("ada", "eve"))

    deploy.main(["revert", "1"])

    with open_branch("main") as main:
        assert (deployed, emails(main)) == (
            ["ada@example.com"],
            ["ada@example.com", "eve@example.com"],
        )
