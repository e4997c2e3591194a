"""Vitess's own planner, `vtexplain`: built from the Go module of this folder, which pins it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
VTEXPLAIN = "vitess.io/vitess/go/cmd/vtexplain"
TRIES = 100
SLOT = "50ms"  # queries that start within one count as sent together
NOBODY = 65534  # Vitess refuses to run as root

_REASON = re.compile(r"^(?:ERROR|Error): (?:vtexplain execute error in '.*': )?(.*)$", re.MULTILINE)
_DEFINES = re.compile(r"\s*(CREATE|ALTER|DROP|TRUNCATE)\s")
_SELECTS_OF_UNION = re.compile(r"(SELECT .*) UNION ALL \((SELECT .*)\)$")
_NAMES_A_TABLE = re.compile(r"\b(FROM|INTO|UPDATE)\b")
# A plan for Vitess's own use, of a lookup table or a sequence: it has variables, and ours has none.
_BOUND = re.compile(r"(?<!\w)::?[a-z]")
_NOT_THE_STATEMENT = re.compile(r"commit|set |use ")
_KEYSPACE_ID = re.compile(r"_binary'(?:\\.|[^'\\])*'", re.DOTALL)


class Refused(Exception):
    """The planner does not plan a statement; the text is its own."""


class Layout(NamedTuple):
    """Keyspaces and their tables as Vitess is told of them, and in how many shards they are."""

    keyspaces: Mapping[str, Any]
    shards: int
    schema: str


class Query(NamedTuple):
    """What one or more shards were asked."""

    shards: tuple[str, ...]
    sql: str


class Plan(NamedTuple):
    """`steps` are Vitess's operators, outermost first; `queries` is what they asked the shards."""

    steps: tuple[str, ...]
    queries: tuple[Query, ...]


def go_command() -> str | None:
    """The `go` of this machine, or the one that GO names; GO=none is a machine without."""
    return shutil.which(os.environ.get("GO") or "go")


def vitess_version() -> str:
    """The version that the Go module pins: `v0.24.4`."""
    found = re.search(r"vitess\.io/vitess (v\S+)", (FOLDER / "go.mod").read_text())
    assert found
    return found[1]


@contextmanager
def built_planner(go: str) -> Iterator[Planner]:
    """The built programs: minutes the first time, seconds once Go's cache has their packages."""
    with tempfile.TemporaryDirectory() as folder:
        command = [go, "build", "-mod=readonly", "-o", folder, VTEXPLAIN, "./plan"]
        subprocess.run(command, cwd=FOLDER, check=True)
        Path(folder).chmod(0o755)
        yield Planner(Path(folder))


class Planner:
    """Asks Vitess for its plans."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs

    def plan(self, statement: str, layout: Layout, keyspace: str) -> Plan:
        """How Vitess runs a statement, in `keyspace` if it names no table. Raises Refused."""
        if _DEFINES.match(statement):
            return Plan(self._steps_of(statement, layout, keyspace), ())
        if parts := _SELECTS_OF_UNION.match(statement):
            plans = [self.plan(part, layout, keyspace) for part in parts.groups()]
            queries = tuple(query for plan in plans for query in plan.queries)
            return Plan(self._steps_of(statement, layout, keyspace), queries)
        options = {
            "output-mode": "json",
            "batch-interval": SLOT,
            "shards": layout.shards,
            "vschema": json.dumps(layout.keyspaces),
            "schema": layout.schema,
            "sql": statement,
            "dbname": "" if _NAMES_A_TABLE.search(statement) else keyspace,
        }
        words = [f"--{name}={value}" for name, value in options.items()]
        [explained] = json.loads(self._run(["vtexplain", *words]))
        plans = [one for one in explained["Plans"] or [] if not _BOUND.search(one["Original"])]
        queries = tuple(_queries(explained["TabletActions"]))
        return Plan(
            steps=tuple(step for one in plans for step in _steps(one["Instructions"], 0)),
            queries=_of_any_shard(queries) if statement.startswith("SHOW") else queries,
        )

    def _steps_of(self, statement: str, layout: Layout, keyspace: str) -> tuple[str, ...]:
        """The operators, without running the statement."""
        asked = {"keyspaces": layout.keyspaces, "keyspace": keyspace, "sql": statement}
        return tuple(_steps(json.loads(self._run(["plan"], json.dumps(asked))), 0))

    def _run(self, command: Sequence[str], text: str = "") -> str:
        """What the program prints; raises Refused, or RuntimeError where it never ends well.

        vtexplain may crash while it ends, before it has said anything. Then it gets another try.
        """
        for _ in range(TRIES):
            done = self._once(command, text)
            if done.returncode == 0:
                return done.stdout
            if reason := _REASON.search(done.stdout + done.stderr):
                raise Refused(reason[1])
        raise RuntimeError(f"{command[0]} crashed {TRIES} times:\n{done.stderr[-2000:]}")

    def _once(self, command: Sequence[str], text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self._programs / command[0]), *command[1:]],
            input=text,
            capture_output=True,
            text=True,
            errors="replace",
            user=NOBODY if os.getuid() == 0 else None,
            cwd=self._programs,
        )


def _steps(operator: Mapping[str, Any], depth: int) -> Iterator[str]:
    words = [operator["OperatorType"], operator.get("Variant"), operator.get("Vindex")]
    keyspace = operator.get("Keyspace", {}).get("Name")
    yield "  " * depth + " ".join(filter(None, [*words, keyspace and f"in {keyspace}"]))
    for below in operator.get("Inputs", []):
        yield from _steps(below, depth + 1)


def _of_any_shard(queries: tuple[Query, ...]) -> tuple[Query, ...]:
    """The same, without the name of the shard: Vitess takes another one each time."""
    return tuple(
        Query(tuple(re.sub("/.*", "/any", shard) for shard in query.shards), query.sql)
        for query in queries
    )


def _queries(actions: Mapping[str, Any]) -> Iterator[Query]:
    """Each query once, in order, with its shards; without the end of the transaction."""
    sent: dict[str, tuple[int, list[str]]] = {}
    for shard, action in sorted(actions.items()):
        for query in action["MysqlQueries"] or []:
            if not _NOT_THE_STATEMENT.match(query["SQL"]):
                sql = _KEYSPACE_ID.sub("_binary'…'", query["SQL"])
                time, shards = sent.get(sql, (query["Time"], []))
                sent[sql] = (min(time, query["Time"]), [*shards, shard])
    in_order: Sequence[tuple[str, tuple[int, list[str]]]] = sorted(
        sent.items(), key=lambda item: (item[1][0], item[0])
    )
    for sql, (_, shards) in in_order:
        yield Query(tuple(dict.fromkeys(shards)), sql)
