"""Vitess's planner itself: the plans in `plans/` are what it makes of the statements today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.witnesses import planner, plans
from tests.witnesses.layouts import layouts_of_new_server
from tests.witnesses.planner import Layout, Planner, Refused


@pytest.fixture(scope="module")
def go() -> str:
    found = planner.go_command()
    assert found
    return found


@pytest.fixture(scope="module")
def built(go: str) -> Iterator[Planner]:
    with planner.built_planner(go) as made:
        yield made


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Layout]:
    return layouts_of_new_server(tmp_path_factory.mktemp("server"))


def test_vitess_makes_the_plans_that_are_written_down(
    go: str, record_property: Callable[[str, object], None]
) -> None:
    written = {file.stem: file.read_text() for file in plans.PLANS.glob("*.txt")}

    assert plans.render(go) == written
    record_property("checks", ("statements in both layouts", len(plans.statements())))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM throttles WHERE window_start < 7 LIMIT 7", "schema tracking required"),
        ("SELECT id FROM nowhere", "nowhere"),
        ("CREATE TABLE users (id BIGINT NOTT NULL, PRIMARY KEY (id))", "syntax error"),
        ("CREATE TABLE nowhere (id BIGINT NOT NULL, PRIMARY KEY (id))", "no database selected"),
    ],
)
def test_what_vitess_does_not_plan_is_refused_with_its_words(
    built: Planner, layouts: Mapping[str, Layout], statement: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        built.plan(statement, layouts["4 shards"], "latchkey")


def test_an_altered_table_is_planned(built: Planner, layouts: Mapping[str, Layout]) -> None:
    statement = "ALTER TABLE users ADD COLUMN provider VARCHAR(10) NULL"

    plan = built.plan(statement, layouts["4 shards"], "latchkey")

    assert plan.steps == ("DDL in latchkey_sharded",)
