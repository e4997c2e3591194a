"""`python -m migrations.deploy` with a fake `pscale` on PATH: which commands it gives, and when."""

from __future__ import annotations

import io
import shlex
import sys
from itertools import groupby

import pytest

from migrations import deploy, deployment
from migrations.apply import MigrationError
from migrations.deployment import refuse_rows
from migrations.files import Migration, read_migrations

NAMES = [migration.name for migration in read_migrations()]
BRANCH = f"migrations-{NAMES[-1].partition('_')[0]}"
FIRST_DEPLOYMENT = [
    "auth check",
    "branch list",
    "connect main: migrations.records",
    "deploy-request list",
    "branch create",
    f"connect {BRANCH}: migrations",
    "deploy-request create",
    "deploy-request show",
    "deploy-request diff",
    "deploy-request deploy",
    "deploy-request show",
    "deploy-request show",
    "deploy-request show",
    f"connect main: migrations.records add {' '.join(NAMES)}",
]


def of_an_earlier_run(states, names=NAMES, branch=BRANCH):
    """A deploy request that is there already."""
    return {
        "number": 1,
        "branch": branch,
        "into_branch": "main",
        "notes": f"Migrations: {', '.join(names)}",
        "states": states,
    }


def test_a_first_deployment_goes_from_a_branch_to_a_record_on_main(planetscale, deploy_db):
    planetscale.set(states_when_deployed=["ready", "queued", "in_progress", "complete"])

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (0, FIRST_DEPLOYMENT)


def test_afterwards_both_branches_hold_the_migrations_to_be_applied(planetscale, deploy_db):
    deploy_db("--yes")

    assert planetscale.applied == {"main": NAMES, BRANCH: NAMES}


def test_every_command_is_shown_and_one_that_is_repeated_at_once_only_once(
    planetscale, deploy_db, capfd
):
    deploy_db("--yes")

    shown = [line[2:] for line in capfd.readouterr().out.splitlines() if line.startswith("$ ")]
    assert shown == [command for command, _ in groupby(planetscale.told_in_full)]


def test_what_main_has_is_recorded_on_a_new_branch_before_the_rest_is_applied(
    planetscale, deploy_db
):
    planetscale.set(branches={"main": NAMES[:1]})

    deploy_db("--yes")

    told = [command for command in planetscale.told if command.startswith("connect")]
    assert told == [
        "connect main: migrations.records",
        f"connect {BRANCH}: migrations.records add {NAMES[0]}",
        f"connect {BRANCH}: migrations",
        f"connect main: migrations.records add {' '.join(NAMES[1:])}",
    ]


def test_the_deploy_request_says_which_migrations_it_carries(planetscale, deploy_db):
    deploy_db("--yes")

    create = planetscale.told_in_full[FIRST_DEPLOYMENT.index("deploy-request create")]
    assert f"--notes 'Migrations: {', '.join(NAMES)}'" in create


def test_nothing_is_done_when_main_has_everything(planetscale, deploy_db, capfd):
    planetscale.set(branches={"main": NAMES})

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (0, FIRST_DEPLOYMENT[:3])
    assert capfd.readouterr().out.endswith("main is up to date\n")


def test_other_names_go_into_every_command(planetscale, deploy_db):
    planetscale.set(branches={"live": []})

    deploy_db("--yes", "--database", "board", "--branch", "next", "--into", "live")

    assert planetscale.applied == {"live": NAMES, "next": NAMES}
    assert all("board" in command for command in planetscale.told_in_full[1:])


def test_history_is_read_and_written_with_no_more_rights_than_that_takes(planetscale, deploy_db):
    deploy_db("--yes")

    read, write = [told for told in planetscale.told_in_full if "connect latchkey main" in told]
    assert (" --role reader " in read, " --role readwriter " in write) == (True, True)


def test_modules_run_with_this_python_and_the_url_that_pscale_gives(planetscale, deploy_db):
    deploy_db("--yes")

    words = shlex.split(planetscale.told_in_full[5])
    assert words[words.index("--execute-env-url") + 1] == "DATABASE_URL"
    assert words[words.index("--execute-protocol") + 1] == "mysql"
    assert words[words.index("--execute") + 1] == f"{sys.executable} -m migrations"


def test_without_a_terminal_and_without_yes_it_stops_at_the_deploy_request(
    planetscale, deploy_db, capfd, monkeypatch
):
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    status = deploy_db()

    assert (status, planetscale.told) == (0, FIRST_DEPLOYMENT[:9])
    assert "Deploy it into main? Run the same again with --yes." in capfd.readouterr().out
    assert planetscale.applied["main"] == []


def test_the_next_run_goes_on_with_the_deploy_request_that_waits(planetscale, deploy_db):
    planetscale.set(requests=[of_an_earlier_run(["ready"])], branches={"main": [], BRANCH: NAMES})

    deploy_db("--yes")

    assert planetscale.told[4:6] == ["deploy-request diff", "deploy-request deploy"]
    assert planetscale.applied["main"] == NAMES


def test_a_run_that_was_stopped_while_it_waited_waits_again(planetscale, deploy_db):
    planetscale.set(requests=[of_an_earlier_run(["queued", "in_progress", "complete"])])

    deploy_db("--yes")

    assert planetscale.told[4:] == [
        "deploy-request show",
        "deploy-request show",
        FIRST_DEPLOYMENT[-1],
    ]


def test_a_run_that_was_stopped_before_it_recorded_records(planetscale, deploy_db):
    planetscale.set(requests=[of_an_earlier_run(["complete"])])

    deploy_db("--yes")

    assert planetscale.told[4:] == [FIRST_DEPLOYMENT[-1]]


def test_branches_whose_schemas_are_the_same_need_a_record_only(planetscale, deploy_db):
    planetscale.set(states_when_opened=["pending", "no_changes"])

    deploy_db("--yes")

    assert planetscale.told[-2:] == ["deploy-request show", FIRST_DEPLOYMENT[-1]]


@pytest.mark.parametrize("state", ["error", "cancelled", "complete_error", "complete_revert"])
def test_a_deploy_request_that_came_to_nothing_is_followed_by_another(
    state, planetscale, deploy_db
):
    planetscale.set(requests=[of_an_earlier_run([state])], branches={"main": [], BRANCH: NAMES})

    deploy_db("--yes")

    assert "branch create" not in planetscale.told
    assert planetscale.applied["main"] == NAMES
    assert "pscale deploy-request deploy latchkey 2" in planetscale.told_in_full


def test_a_deployed_request_with_other_migrations_says_nothing_of_the_missing_ones(
    planetscale, deploy_db
):
    planetscale.set(
        requests=[of_an_earlier_run(["complete"], names=NAMES[:1])],
        branches={"main": NAMES[:1], BRANCH: NAMES[:1]},
    )

    deploy_db("--yes")

    assert "pscale deploy-request deploy latchkey 2" in planetscale.told_in_full


def test_a_deploy_request_that_cannot_be_deployed_says_why(planetscale, deploy_db, capfd):
    planetscale.set(states_when_opened=["pending", "error"])

    status = deploy_db("--yes")

    assert (status, planetscale.applied["main"]) == (1, [])
    assert "Deploy request 1 is error: table a has no unique key" in capfd.readouterr().err


def test_a_deployment_that_fails_is_not_recorded(planetscale, deploy_db, capfd):
    planetscale.set(states_when_deployed=["in_progress", "complete_error"])

    status = deploy_db("--yes")

    assert (status, planetscale.applied["main"]) == (1, [])
    assert "Deploy request 1 is complete_error" in capfd.readouterr().err


def test_who_is_not_logged_in_is_told_how_to(planetscale, deploy_db, capfd):
    planetscale.set(logged_in=False)

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (1, ["auth check"])
    assert "pscale auth login" in capfd.readouterr().err


def test_safe_migrations_that_are_off_are_told_with_the_command_that_turns_them_on(
    planetscale, deploy_db, capfd
):
    planetscale.set(safe_migrations=False)

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (1, ["auth check", "branch list"])
    assert "pscale branch safe-migrations enable latchkey main" in capfd.readouterr().err


def test_a_branch_that_is_not_there_is_named(planetscale, deploy_db, capfd):
    status = deploy_db("--yes", "--into", "production")

    assert status == 1
    assert "latchkey has no branch production." in capfd.readouterr().err


def test_a_machine_without_pscale_is_told_where_it_comes_from(
    deploy_db, capfd, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path))

    status = deploy_db("--yes")

    assert status == 1
    assert "This needs pscale, PlanetScale's CLI" in capfd.readouterr().err


@pytest.mark.parametrize(
    "command",
    ["branch list", "branch create", "connect", "deploy-request create", "deploy-request deploy"],
)
def test_a_command_that_fails_stops_everything_and_the_next_run_goes_on(
    command, planetscale, deploy_db, capfd
):
    planetscale.set(failing=[command])
    status = deploy_db("--yes")
    told = capfd.readouterr().err
    planetscale.set(failing=[])

    assert (status, f"{command} is down" in told) == (1, True)
    assert "Run the same again to go on from there." in told
    assert (deploy_db("--yes"), planetscale.applied["main"]) == (0, NAMES)


def test_a_revert_takes_the_schema_back_and_then_its_records(planetscale, deploy_db):
    deploy_db("--yes")
    planetscale.forget_told()

    status = deploy_db("revert", "1")

    assert (status, planetscale.applied["main"]) == (0, [])
    assert planetscale.told == [
        "auth check",
        "deploy-request show",
        "deploy-request revert",
        "deploy-request show",
        f"connect main: migrations.records forget {' '.join(NAMES)}",
    ]


def test_a_revert_that_fails_leaves_the_records(planetscale, deploy_db, capfd):
    planetscale.set(states_when_reverted=["in_progress_revert", "complete_revert_error"])
    deploy_db("--yes")

    status = deploy_db("revert", "1")

    assert (status, planetscale.applied["main"]) == (1, NAMES)
    assert "is complete_revert_error" in capfd.readouterr().err


def test_after_a_revert_the_migrations_can_be_deployed_again(planetscale, deploy_db):
    deploy_db("--yes")
    deploy_db("revert", "1")

    assert (deploy_db("--yes"), planetscale.applied["main"]) == (0, NAMES)


def test_a_deploy_request_of_somebody_else_is_reverted_without_touching_records(
    planetscale, deploy_db
):
    planetscale.set(
        requests=[{**of_an_earlier_run(["complete_pending_revert"]), "notes": ""}],
        branches={"main": NAMES},
    )

    status = deploy_db("revert", "1")

    assert (status, planetscale.told[-1]) == (0, "deploy-request show")
    assert planetscale.applied["main"] == NAMES


@pytest.mark.parametrize("words", [["revert"], ["deploy", "7"], ["revert", "seven"], ["destroy"]])
def test_words_that_make_no_sense_are_refused(words, planetscale, deploy_db):
    with pytest.raises(SystemExit) as exit:
        deploy_db(*words)

    assert (exit.value.code, planetscale.told) == (2, [])


def test_a_dry_run_needs_neither_pscale_nor_an_account(deploy_db, capfd, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert (deploy_db("--dry-run"), capfd.readouterr().err) == (0, "")


def test_a_dry_run_shows_what_a_deployment_of_the_newest_migration_would_run(
    planetscale, deploy_db, capfd
):
    deploy_db("--dry-run")
    rehearsed = capfd.readouterr().out.replace("NUMBER", "1").splitlines()
    planetscale.set(branches={"main": NAMES[:-1]}, states_when_deployed=["queued", "complete"])

    deploy_db("--yes")

    assert rehearsed == [f"$ {command}" for command in planetscale.told_in_full]


def test_a_dry_run_of_a_revert_shows_what_it_would_run(planetscale, deploy_db, capfd):
    deploy_db("revert", "1", "--dry-run")
    rehearsed = capfd.readouterr().out.splitlines()
    planetscale.set(
        requests=[of_an_earlier_run(["complete_pending_revert"], names=NAMES[-1:])],
        branches={"main": NAMES},
    )

    deploy_db("revert", "1")

    assert rehearsed == [f"$ {command}" for command in planetscale.told_in_full]


def test_rows_in_a_migration_are_refused_since_a_deploy_request_would_leave_them_behind():
    migration = Migration("0009_rows", "ALTER TABLE a ADD COLUMN b INT;\nUPDATE a SET b = 1;")

    with pytest.raises(MigrationError, match=r"0009_rows\.sql changes rows \(UPDATE a SET b = 1"):
        refuse_rows([migration])


def test_they_are_refused_before_a_branch_is_made(planetscale, deploy_db, capfd, monkeypatch):
    rows = Migration("0009_rows", "DELETE FROM issues LIMIT 1;")
    monkeypatch.setattr(deploy, "read_migrations", lambda: [*read_migrations(), rows])

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (1, FIRST_DEPLOYMENT[:3])
    assert "0009_rows.sql changes rows" in capfd.readouterr().err


def test_stopping_it_by_hand_says_how_to_go_on(planetscale, deploy_db, capfd, monkeypatch):
    def interrupted(_seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(deployment.time, "sleep", interrupted)

    status = deploy_db("--yes")

    assert (status, planetscale.applied["main"]) == (1, [])
    assert "Stopped. Run the same again" in capfd.readouterr().err


def test_our_migrations_change_the_schema_only():
    refuse_rows(read_migrations())
