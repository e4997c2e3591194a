"""A whole request in a warm process: one token check and one query, no network but the database's.

Ours against FastAPI and Mangum by hand, both from bytecode, with the same event and database.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import jwt

from benchmarks.contenders import Contenders
from benchmarks.environment import IDENTITY_SECRET, environment
from benchmarks.table import table
from local.database import database_for_tools

ROOT = Path(__file__).resolve().parents[1]
EVENT = ROOT / "events" / "get-aws-identity.json"
CALLER = Path(__file__).with_name("repeated_calls.py")
ISSUES = 10_000
CALLS = 2_000
ROUNDS = 5


def run(contenders: Contenders) -> bool:
    """Print the table; there is no limit to keep."""
    measured: dict[str, tuple[str, Path, dict[str, str]]] = {
        "functions.get": ("functions.get", contenders.ours, {}),
        "the same, with spans": ("functions.get", contenders.ours, {"REPORT_SPANS": "on"}),
        "hand_rolled": ("hand_rolled", contenders.peers, {}),
    }
    latencies: dict[str, list[list[float]]] = {name: [] for name in measured}
    with tempfile.TemporaryDirectory() as scratch:
        event = Path(scratch) / "event.json"
        event.write_text(EVENT.read_text().replace("${NETLIFY_IDENTITY_TOKEN}", _token()))
        with database_for_tools({"PATH": _path()}, Path(scratch) / "state", _ignore) as url:
            _seed(url)
            for _ in range(ROUNDS):
                for name, (module, folder, variables) in measured.items():
                    values = environment(folder, DATABASE_URL=url, **variables)
                    latencies[name].append(_call(contenders.python, module, event, values))
    print(f"\nWarm requests of one process, {ROUNDS} rounds of {CALLS:,} calls, medians of rounds")
    rows = [[name, *_figures(rounds)] for name, rounds in latencies.items()]
    print(table(["", "requests/s", "p50 ms", "p99 ms"], rows))
    return True


def _call(python: Path, module: str, event: Path, values: Mapping[str, str]) -> list[float]:
    """Milliseconds of each call."""
    done = subprocess.run(
        [python, "-P", CALLER, module, event, str(CALLS)],
        env=values,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    milliseconds: list[float] = json.loads(done.stdout.splitlines()[-1])
    return milliseconds


def _figures(rounds: Sequence[Sequence[float]]) -> list[str]:
    per_second = statistics.median(1000 * len(calls) / sum(calls) for calls in rounds)
    p50 = statistics.median(_percentile(calls, 50) for calls in rounds)
    p99 = statistics.median(_percentile(calls, 99) for calls in rounds)
    return [f"{per_second:.0f}", f"{p50:.2f}", f"{p99:.2f}"]


def _percentile(calls: Sequence[float], percent: int) -> float:
    return statistics.quantiles(calls, n=100)[percent - 1]


def _token() -> str:
    claims = {"sub": "1", "email": "ada@example.com", "exp": int(time.time()) + 3600}
    return jwt.encode(claims, IDENTITY_SECRET, algorithm="HS256")


def _seed(url: str) -> None:
    command = [sys.executable, "-m", "local", "seed", str(ISSUES)]
    values = {"DATABASE_URL": url, "PATH": _path()}
    subprocess.run(command, cwd=ROOT, env=values, stdout=subprocess.DEVNULL, check=True)


def _path() -> str:
    return os.environ.get("PATH", os.defpath)


def _ignore(line: str) -> None:
    """The database server's own log is of no interest here."""
