"""Every statement has its plan by Vitess's planner, and docs/scaling.md tells where it goes."""

from __future__ import annotations

import pytest

from tests.witnesses import plans, scaling_page
from tests.witnesses.scaling_page import Way, way

DO = "Run `make plans`, and commit what it writes."
ENTRIES = plans.read()
FIND = "select id, keyspace_id from issues_id_idx where id in (7)"
MARK = "select 1 from deleted_accounts where principal_id = 'owner' limit 1"


def test_every_statement_has_its_plan_and_every_plan_its_statement() -> None:
    statements = [(one.name, plans.written(one)) for one in plans.statements()]

    assert sorted((entry.name, entry.text) for entry in ENTRIES) == sorted(statements), DO


def test_the_plans_were_made_from_this_schema_and_version_of_vitess() -> None:
    assert plans.MADE_FROM.read_text() == plans.made_from(), DO


def test_the_table_of_the_page_on_scaling_is_that_of_the_plans() -> None:
    assert scaling_page.HEAD + scaling_page.table(ENTRIES) in scaling_page.PAGE.read_text(), DO


def test_only_lists_the_daily_sweep_and_the_health_check_go_to_all_shards() -> None:
    to_all = {entry.name for entry in ENTRIES if way(entry).to == scaling_page.ALL_SHARDS}
    lists = {entry.name for entry in ENTRIES if "LIMIT %(rows)s" in entry.text}

    assert to_all - lists <= {
        "backfill.NEXT_BATCH",
        "database.CHECK",
        "sweep.FIND_THROTTLES",
        "sweep.FIND_MARKS",
    }


def test_every_statement_reaches_a_database() -> None:
    ways = {entry.name: way(entry).to for entry in scaling_page.about_rows(ENTRIES)}

    assert [name for name, to in ways.items() if to == scaling_page.VITESS_ITSELF] == []


def test_two_statements_of_one_name_would_be_noticed() -> None:
    names = [statement.name for statement in plans.statements()]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("text", "queries", "expected"),
    [
        ("SELECT", ["k_sharded/-40: select 1"], Way("one shard")),
        ("SELECT", ["k/-: select 1"], Way("the keyspace without shards")),
        ("SELECT", [], Way("no shard: Vitess answers itself")),
        ("SELECT", ["k_sharded/-40 k_sharded/40-: select 1"], Way("all shards")),
        (
            "SELECT",
            [f"k/-: {FIND}", "k_sharded/-40: select 1"],
            Way("one shard, which a lookup tells"),
        ),
        (
            "DELETE",
            [f"k_sharded/-40: {MARK}", f"k/-: {FIND}", "k_sharded/40-: delete from issues"],
            Way(
                "one shard, which a lookup tells",
                "before it, reads the mark of the account without a lock",
            ),
        ),
        (
            "UPDATE",
            [
                "k/-: select principal_id, keyspace_id from users_principal_id_idx",
                "k_sharded/-40: select 1 from (select 1 from users where principal_id = 'a')",
                "k_sharded/40-: update ignore users",
            ],
            Way("one shard", "before it, asks whether another row has its `principal_id`"),
        ),
        (
            "UPDATE",
            [f"k_sharded/-40: {MARK} lock in share mode", "k_sharded/40-: update issues"],
            Way("one shard", "before it, reads the mark of the account and locks it"),
        ),
        (
            "INSERT",
            [
                "k/-: select next_id, cache from issues_seq where id = 0 for update",
                "k/-: insert ignore into issues_id_idx(id, keyspace_id) values (1, '…')",
                "k_sharded/40-: insert into issues",
            ],
            Way("one shard", "takes an id from `issues_seq`; writes `issues_id_idx`"),
        ),
    ],
)
def test_the_way_of_a_statement_is_read_from_its_queries(
    text: str, queries: list[str], expected: Way
) -> None:
    lines = "".join(f"-> {query.replace('k', 'latchkey', 1)}\n" for query in queries)
    whole = lines.replace(" k_sharded", " latchkey_sharded")

    assert way(plans.Entry("a", text, f"unsharded\n--- 4 shards\n{whole}")) == expected


def test_a_statement_that_was_written_where_there_is_no_go_counts_as_not_planned() -> None:
    assert way(plans.Entry("a", "SELECT 1", plans.NOT_PLANNED)).to == scaling_page.NOT_PLANNED
