"""The table in docs/scaling.md that says where each statement goes, made from the plans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.witnesses.plans import Entry

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "scaling.md"
HEAD = "| goes to | statements | also |\n|---|---|---|\n"
SHARDED = "latchkey_sharded"

ONE_SHARD = "one shard"
LOOKUP = "one shard, which a lookup tells"
SHARDS_OF_KEYS = "the shards of its keys"
ALL_SHARDS = "all shards"
WITHOUT_SHARDS = "the keyspace without shards"
VITESS_ITSELF = "no shard: Vitess answers itself"
REFUSED = "refused"
NOT_PLANNED = "not planned"
ORDER = (
    ONE_SHARD,
    LOOKUP,
    SHARDS_OF_KEYS,
    ALL_SHARDS,
    WITHOUT_SHARDS,
    VITESS_ITSELF,
    REFUSED,
    NOT_PLANNED,
)

# The subquery of `_UNLESS_DELETED` alone, where it is not part of the statement on the rows.
_READS_MARK = re.compile(
    r"select (1|.* from dual where not exists \(select 1) from deleted_accounts\b"
)
# Whether another row has the value that an UPDATE gives to its own.
_READS_OTHERS = re.compile(r"select 1 from \(select 1 from users where (\w+) = ")


class Way(NamedTuple):
    """Where Vitess sends a statement, and what it does beside that."""

    to: str
    also: str = ""


def write(entries: Iterable[Entry]) -> None:
    """Put the table of these entries in the place of the one that is there."""
    text = PAGE.read_text()
    before, after = text.split(HEAD)
    PAGE.write_text(before + HEAD + table(entries) + after[after.index("\n\n") + 1 :])


def table(entries: Iterable[Entry]) -> str:
    """A row for each way, with all statements that go it."""
    rows: dict[Way, list[str]] = {}
    for entry in about_rows(entries):
        rows.setdefault(way(entry), []).append(f"`{entry.name}`")
    in_order = sorted(rows, key=lambda way: (ORDER.index(way.to), way.also))
    return "".join(f"| {way.to} | {', '.join(rows[way])} | {way.also} |\n" for way in in_order)


def about_rows(entries: Iterable[Entry]) -> list[Entry]:
    """Those of statements that do not define tables."""
    return [entry for entry in entries if not re.match(r"CREATE|ALTER|DROP", entry.text)]


def way(entry: Entry) -> Way:
    """Where the statement goes with shards, by what the planner asked of which shard."""
    if "\n--- " not in f"\n{entry.plans}":
        return Way(NOT_PLANNED)
    if _sharded_plan(entry).partition("\n")[2].startswith(REFUSED):
        return Way(REFUSED)
    queries = [
        (shards.split(), sql)
        for shards, sql in re.findall(r"^-> (.+?): (.+)$", _sharded_plan(entry), re.MULTILINE)
        if sql != "begin"
    ]
    others = next((found[1] for _, sql in queries if (found := _READS_OTHERS.match(sql))), None)
    queries = [(shards, sql) for shards, sql in queries if not _is_about(others, sql)]
    to_rows = {shard for shards, sql in queries for shard in shards if SHARDED in shard}
    also = [f"before it, asks whether another row has its `{others}`"] if others else []
    return Way(_goes_to(entry, queries, to_rows), "; ".join([*also, *_beside(entry, queries)]))


def _is_about(column: str | None, sql: str) -> bool:
    """Whether it is the question for another row with this value, or its lookup."""
    lookup = f"select {column}, keyspace_id from"
    return bool(column) and (bool(_READS_OTHERS.match(sql)) or sql.startswith(lookup))


def _sharded_plan(entry: Entry) -> str:
    return re.split(r"^--- ", entry.plans, flags=re.MULTILINE)[-1]


def _goes_to(entry: Entry, queries: list[tuple[list[str], str]], to_rows: set[str]) -> str:
    widest = max((len(shards) for shards, _ in queries), default=0)
    if not queries:
        return VITESS_ITSELF
    if not to_rows:
        return WITHOUT_SHARDS
    if re.search(r"^\s*\w+ IN \w+ in ", _sharded_plan(entry), re.MULTILINE):
        return SHARDS_OF_KEYS
    if widest > 1:
        return ALL_SHARDS
    found = any(re.match(r"select \w+, keyspace_id from", sql) for _, sql in queries)
    return LOOKUP if found else ONE_SHARD


def _beside(entry: Entry, queries: list[tuple[list[str], str]]) -> list[str]:
    """The mark that is read before, on its own shard, and what is written beside the rows."""
    first = queries[0][1] if queries and not entry.text.startswith("SELECT") else ""
    ids = re.findall(r"^-> \S+ select .* from (\w+_seq) ", _sharded_plan(entry), re.MULTILINE)
    written = re.findall(r"(?:insert ignore into|delete from) (\w+_idx)", _sharded_plan(entry))
    lookups = ", ".join(f"`{name}`" for name in dict.fromkeys(written))
    lock = "and locks it" if first.endswith("lock in share mode") else "without a lock"
    reads_too = " UNION " in entry.text and "deleted_accounts" in entry.text
    return [
        *(["reads the mark of the caller's account, on its shard"] if reads_too else []),
        *([f"before it, reads the mark of the account {lock}"] if _READS_MARK.match(first) else []),
        *(f"takes an id from `{name}`" for name in ids),
        *([f"writes {lookups}"] if lookups else []),
    ]
