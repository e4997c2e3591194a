"""What a run with a real part has found, as a file: `<part>.json`.

A run writes it below `build/`, which Git ignores. `make fidelity` takes what is newer there into
`docs/fidelity/`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
MADE = ROOT / "build/fidelity"
KEPT = ROOT / "docs/fidelity"


class Record(NamedTuple):
    """One whole run.

    `finished` is in UTC (ISO 8601). `passed` counts by what was checked, `skipped` by the reason;
    `failed` has the tests' names.
    """

    version: str
    finished: str
    passed: Mapping[str, int]
    skipped: Mapping[str, int]
    failed: Sequence[str]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def read(folder: Path) -> dict[str, Record]:
    """Each part's record in the folder."""
    return {
        file.stem: Record(**json.loads(file.read_text())) for file in sorted(folder.glob("*.json"))
    }


def write(folder: Path, part: str, record: Record) -> Path:
    """Put the record in the place of the one that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{part}.json"
    text = json.dumps(record._asdict(), indent=2, ensure_ascii=False)
    file.write_text(f"{text}\n")
    return file


def newer(made: Mapping[str, Record], kept: Mapping[str, Record]) -> dict[str, Record]:
    """Those of the made records that are later than what is kept."""
    return {
        part: record
        for part, record in made.items()
        if part not in kept or record.finished > kept[part].finished
    }
