"""`python -m migrations.deploy` with a fake PlanetScale: which commands it gives, and when."""

from __future__ import annotations

import io
import sys
from itertools import groupby

import pytest

from migrations import deploy, deploy_steps
from migrations.deployment import refuse_rows
from migrations.files import Migration, read_migrations
from tests.unit.migrations_deploy.fake_planetscale import a_request

NAMES = [migration.name for migration in read_migrations()]
BRANCH = f"migrations-{NAMES[-1].partition('_')[0]}"
FIRST_DEPLOYMENT = [
    "auth check",
    "branch list",
    "connect main: migrations.records",
    "deploy-request list",
    "branch create",
    f"connect {BRANCH}: migrations {' '.join(NAMES)}",
    "deploy-request create",
    "deploy-request show",
    "deploy-request diff",
    "deploy-request deploy",
    "deploy-request show",
    "deploy-request show",
    "deploy-request show",
    f"connect main: migrations.records add {' '.join(NAMES)}",
]
RUN_AGAIN = "Next: make deploy-db ARGS=--yes"


def of_an_earlier_run(states, **parts):
    """A deploy request that is there already."""
    ours = {"branch": BRANCH, "into_branch": "main", "notes": f"Migrations: {' '.join(NAMES)}"}
    return a_request(states, **{**ours, **parts})


def shown_commands(capfd):
    lines = capfd.readouterr().out.splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


# A deployment


def test_a_first_deployment_goes_from_a_branch_to_a_record_on_main(planetscale, deploy_db):
    planetscale.states_when_deployed = ["queued", "ready", "in_progress", "complete"]

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (0, FIRST_DEPLOYMENT)


def test_every_command_is_shown_and_one_that_is_repeated_only_once(planetscale, deploy_db, capfd):
    deploy_db("--yes")

    assert shown_commands(capfd) == [command for command, _ in groupby(planetscale.commands)]


def test_nothing_is_done_when_main_has_everything(planetscale, deploy_db, capfd):
    planetscale.branches = {"main": NAMES}

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (0, FIRST_DEPLOYMENT[:3])
    assert capfd.readouterr().out.endswith("main is up to date\n")


def test_other_names_go_into_every_command(planetscale, deploy_db):
    planetscale.branches = {"live": []}

    deploy_db("--yes", "--database", "board", "--branch", "next", "--into", "live")

    assert planetscale.branches == {"live": NAMES, "next": NAMES}
    assert all("board" in command for command in planetscale.commands[1:])


def test_history_is_read_and_written_with_no_more_rights_than_that_takes(planetscale, deploy_db):
    deploy_db("--yes")

    read, write = [told for told in planetscale.commands if "connect latchkey main" in told]
    assert (" --role reader " in read, " --role readwriter " in write) == (True, True)


def test_without_a_terminal_and_without_yes_it_stops_at_the_deploy_request(
    planetscale, deploy_db, capfd, monkeypatch
):
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    status = deploy_db("--into", "main")

    assert (status, planetscale.told) == (0, FIRST_DEPLOYMENT[:9])
    assert planetscale.branches["main"] == []
    assert capfd.readouterr().out.endswith("Next: make deploy-db ARGS='--into main --yes'\n")


@pytest.mark.parametrize(("answer", "applied"), [("y\n", NAMES), ("\n", [])])
def test_at_a_terminal_it_asks_before_it_deploys(
    answer, applied, planetscale, deploy_db, monkeypatch
):
    terminal = io.StringIO(answer)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)

    status = deploy_db()

    assert (status, planetscale.branches["main"]) == (0, applied)


# A migration that drops something

BEFORE, DROPS = NAMES[:2], "0004_people_contract"


def test_it_waits_for_a_deployment_of_its_own(planetscale, deploy_db, capfd):
    planetscale.branches = {"main": BEFORE}

    deploy_db("--yes")

    assert planetscale.branches["main"] == NAMES[:3]
    assert (
        "main has 0003_people. 0004_people_contract drops what the code before may use: "
        "deploy the new code, then run this again." in capfd.readouterr().out
    )


def test_the_rows_that_it_drops_are_copied_before(planetscale, deploy_db):
    planetscale.branches = {"main": NAMES[:3]}

    deploy_db("--yes")

    copied = planetscale.told.index("connect main: migrations.backfill")
    assert copied < planetscale.told.index("deploy-request create")
    assert DROPS in planetscale.branches["main"]


def test_while_it_is_held_in_the_queue_it_is_said_once_how_to_end_that(
    planetscale, deploy_db, capfd
):
    planetscale.branches = {"main": NAMES[:3]}
    planetscale.requests = [of_an_earlier_run(["complete_pending_revert"], notes="")]
    planetscale.states_when_deployed = ["queued", "queued", "queued", "complete"]

    deploy_db("--yes")

    said = capfd.readouterr().out
    assert said.count("or at once with `pscale deploy-request skip-revert latchkey 1`") == 1


def test_nothing_is_said_of_a_queue_when_nothing_before_it_can_be_reverted(
    planetscale, deploy_db, capfd
):
    planetscale.requests = [of_an_earlier_run(["complete"], notes="")]
    planetscale.states_when_deployed = ["queued", "queued", "complete"]

    deploy_db("--yes")

    assert "skip-revert" not in capfd.readouterr().out


# Going on with what an earlier run began


def test_a_branch_that_is_there_is_used(planetscale, deploy_db):
    planetscale.branches = {"main": [], BRANCH: []}

    deploy_db("--yes")

    assert "branch create" not in planetscale.told
    assert planetscale.branches["main"] == NAMES


def test_a_deploy_request_that_waits_is_deployed(planetscale, deploy_db):
    planetscale.requests = [of_an_earlier_run(["ready"])]
    planetscale.branches = {"main": [], BRANCH: NAMES}

    deploy_db("--yes")

    assert planetscale.told[4:6] == ["deploy-request diff", "deploy-request deploy"]
    assert planetscale.branches["main"] == NAMES


@pytest.mark.parametrize(
    ("states", "waits"), [(["queued", "in_progress", "complete"], 2), (["complete"], 0)]
)
def test_a_deployment_of_an_earlier_run_is_waited_for_and_recorded(
    states, waits, planetscale, deploy_db
):
    planetscale.requests = [of_an_earlier_run(states)]

    deploy_db("--yes")

    assert planetscale.told[4:] == [*["deploy-request show"] * waits, FIRST_DEPLOYMENT[-1]]


def test_branches_whose_schemas_are_the_same_need_only_a_record(planetscale, deploy_db):
    planetscale.states_when_opened = ["pending", "no_changes"]

    deploy_db("--yes")

    assert planetscale.told[-2:] == ["deploy-request show", FIRST_DEPLOYMENT[-1]]


@pytest.mark.parametrize(
    "request_of_before",
    [
        of_an_earlier_run(["error"]),
        of_an_earlier_run(["cancelled"]),
        of_an_earlier_run(["complete_error"]),
        of_an_earlier_run(["complete_revert"]),
        of_an_earlier_run(["ready"], state="closed"),
        of_an_earlier_run(["complete"], notes=f"Migrations: {NAMES[0]}"),
        of_an_earlier_run(["complete"], branch="another"),
        of_an_earlier_run(["complete"], into_branch="another"),
    ],
)
def test_a_deploy_request_that_does_not_bring_the_missing_migrations_is_followed_by_another(
    request_of_before, planetscale, deploy_db
):
    planetscale.requests = [request_of_before]
    planetscale.branches = {"main": [], BRANCH: NAMES}

    deploy_db("--yes")

    assert "branch create" not in planetscale.told
    assert planetscale.branches["main"] == NAMES
    assert "pscale deploy-request deploy latchkey 2" in planetscale.commands


@pytest.mark.parametrize(
    "command",
    ["branch list", "branch create", "connect", "deploy-request create", "deploy-request deploy"],
)
def test_a_command_that_fails_stops_everything_and_the_next_run_goes_on(
    command, planetscale, deploy_db, capfd
):
    planetscale.failing = command
    status = deploy_db("--yes")
    told = capfd.readouterr().err
    planetscale.failing = ""

    assert (status, f"{command} is down" in told) == (1, True)
    assert told.splitlines()[-1] == RUN_AGAIN
    assert (deploy_db("--yes"), planetscale.branches["main"]) == (0, NAMES)


# What goes wrong


@pytest.mark.parametrize(
    ("world", "words", "said", "next_command"),
    [
        ({"failing": "auth check"}, (), "`pscale auth check` failed", "pscale auth login"),
        (
            {"has_safe_migrations": False},
            (),
            "Safe migrations are off on main",
            "pscale branch safe-migrations enable latchkey main",
        ),
        (
            {},
            ("--into", "production"),
            "latchkey has no branch production",
            "pscale branch list latchkey",
        ),
        (
            {"states_when_opened": ["pending", "error"]},
            (),
            "Deploy request 1 is error: table a has no unique key",
            f"pscale branch delete latchkey {BRANCH}",
        ),
        (
            {"states_when_deployed": ["in_progress", "complete_error"]},
            (),
            "Deploy request 1 is complete_error: https://app.planetscale.com/deploy-requests/1",
            "make deploy-db ARGS=--yes",
        ),
        (
            {"failing": "branch create"},
            (),
            f"If the branch {BRANCH} was made, the next run goes on with it.",
            "make deploy-db ARGS=--yes",
        ),
    ],
)
def test_a_failure_gives_the_reason_and_the_next_command(
    world, words, said, next_command, planetscale, deploy_db, capfd
):
    vars(planetscale).update(world)

    status = deploy_db("--yes", *words)

    told = capfd.readouterr().err
    assert (status, planetscale.branches["main"]) == (1, [])
    assert said in told
    assert told.endswith(f"\nNext: {next_command}\n")


def test_what_a_failing_pscale_prints_is_shown(deploy_db, capfd, monkeypatch, tmp_path):
    program = tmp_path / "pscale"
    program.write_text("#!/bin/sh\n[ $1 = auth ] || { echo it is down; exit 2; }\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert deploy_db("--yes") == 1
    assert capfd.readouterr().err.splitlines() == [
        "it is down",
        "`pscale branch list latchkey --format json` failed; the reason is above.",
        RUN_AGAIN,
    ]


def test_pscale_is_not_told_where_the_functions_find_the_database(
    deploy_db, capfd, monkeypatch, tmp_path
):
    program = tmp_path / "pscale"
    program.write_text('#!/bin/sh\necho "host: $PLANETSCALE_HOST, org: $PLANETSCALE_ORG"\nexit 2\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLANETSCALE_HOST", "aws.connect.psdb.cloud")
    monkeypatch.setenv("PLANETSCALE_ORG", "acme")

    deploy_db("--yes")

    assert "host: , org: acme\n" in capfd.readouterr().out


def test_a_machine_without_pscale_is_told_where_it_comes_from(
    deploy_db, capfd, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert deploy_db("--yes") == 1
    assert capfd.readouterr().err.endswith("Next: brew install planetscale/tap/pscale\n")


def test_rows_in_a_migration_are_refused_before_a_branch_is_made(
    planetscale, deploy_db, capfd, monkeypatch
):
    text = "ALTER TABLE a ADD COLUMN b INT;\nUPDATE a SET b = 1;"
    migrations = [*read_migrations(), Migration("0009_rows", text)]
    monkeypatch.setattr(deploy, "read_migrations", lambda: migrations)

    status = deploy_db("--yes")

    assert (status, planetscale.told) == (1, FIRST_DEPLOYMENT[:3])
    assert "0009_rows.sql changes rows (UPDATE a SET b = 1" in capfd.readouterr().err


def test_our_migrations_change_only_the_schema():
    refuse_rows(read_migrations())


def test_a_run_that_is_stopped_by_hand_ends_with_how_to_go_on(
    planetscale, deploy_db, capfd, monkeypatch
):
    def interrupted(_seconds):
        raise KeyboardInterrupt

    planetscale.states_when_opened = ["pending", "pending", "ready"]
    monkeypatch.setattr(deploy_steps.time, "sleep", interrupted)

    status = deploy_db("--yes")

    assert (status, planetscale.branches["main"]) == (1, [])
    assert capfd.readouterr().err.splitlines() == ["Stopped.", RUN_AGAIN]


@pytest.mark.parametrize("words", [["revert"], ["deploy", "7"], ["revert", "seven"], ["destroy"]])
def test_words_that_make_no_sense_are_refused(words, planetscale, deploy_db):
    with pytest.raises(SystemExit) as stop:
        deploy_db(*words)

    assert (stop.value.code, planetscale.told) == (2, [])


# Taking a deploy request back


def test_a_revert_takes_the_schema_back_and_then_its_records(planetscale, deploy_db):
    deploy_db("--yes")
    planetscale.commands.clear()

    status = deploy_db("revert", "1")

    assert (status, planetscale.branches["main"]) == (0, [])
    assert planetscale.told == [
        "auth check",
        "deploy-request show",
        "deploy-request list",
        "deploy-request revert",
        "deploy-request show",
        f"connect main: migrations.records forget {' '.join(NAMES)}",
    ]


def test_a_revert_that_fails_leaves_the_records(planetscale, deploy_db, capfd):
    planetscale.states_when_reverted = ["in_progress_revert", "complete_revert_error"]
    deploy_db("--yes")

    status = deploy_db("revert", "1")

    told = capfd.readouterr().err
    assert (status, planetscale.branches["main"]) == (1, NAMES)
    assert "is complete_revert_error" in told
    assert told.endswith("Next: make deploy-db ARGS='revert 1'\n")


@pytest.mark.parametrize("states", [["in_progress_revert", "complete_revert"], ["complete_revert"]])
def test_a_revert_that_was_stopped_is_taken_to_its_end(states, planetscale, deploy_db):
    planetscale.requests = [of_an_earlier_run(states)]
    planetscale.branches = {"main": NAMES}

    status = deploy_db("revert", "1")

    assert (status, planetscale.branches["main"]) == (0, [])
    assert "deploy-request revert" not in planetscale.told


def test_a_revert_is_refused_when_a_later_deploy_request_was_deployed(
    planetscale, deploy_db, capfd
):
    reverted = of_an_earlier_run(["complete_revert"])
    deployed_again = of_an_earlier_run(["complete"], number=2)
    planetscale.requests = [reverted, deployed_again]
    planetscale.branches = {"main": NAMES}

    status = deploy_db("revert", "1")

    assert (status, planetscale.branches["main"]) == (1, NAMES)
    assert capfd.readouterr().err.endswith(
        "Next: make deploy-db ARGS='revert 2 --database latchkey'\n"
    )


def test_a_deploy_request_of_somebody_else_is_reverted_without_touching_records(
    planetscale, deploy_db
):
    planetscale.requests = [of_an_earlier_run(["complete_pending_revert"], notes="")]
    planetscale.branches = {"main": NAMES}

    status = deploy_db("revert", "1")

    assert (status, planetscale.told[-1]) == (0, "deploy-request show")
    assert planetscale.branches["main"] == NAMES


# A dry run


def test_a_dry_run_needs_neither_pscale_nor_an_account(deploy_db, capfd, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert (deploy_db("--dry-run"), capfd.readouterr().err) == (0, "")


def test_a_dry_run_prints_the_commands_that_deploy_the_newest_migration(
    planetscale, deploy_db, capfd
):
    deploy_db("--dry-run")
    printed = [command.replace("NUMBER", "1") for command in shown_commands(capfd)]
    planetscale.branches = {"main": NAMES[:-1]}

    deploy_db("--yes")

    assert printed == shown_commands(capfd)


def test_a_dry_run_of_a_revert_prints_its_commands(planetscale, deploy_db, capfd):
    deploy_db("revert", "1", "--dry-run")

    printed = shown_commands(capfd)
    assert (planetscale.told, printed[3]) == ([], "pscale deploy-request revert latchkey 1")
    assert printed[-1].endswith(f"migrations.records forget {NAMES[-1]}'")
