"""The migrations in this folder."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Migration:
    """One file: its name without `.sql`, and the text that was (or will be) applied."""

    name: str
    text: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def statements(self) -> list[str]:
        """The statements, without comments; one ends where a line ends in a semicolon."""
        bare = re.sub(r"^\s*--.*$", "", self.text, flags=re.MULTILINE)
        return [
            part.strip() for part in re.split(r";\s*$", bare, flags=re.MULTILINE) if part.strip()
        ]

    @property
    def drops(self) -> bool:
        """Whether it drops what the code before it may still use: it waits for the new code."""
        return any(re.search(r"\bDROP (COLUMN|TABLE)\b", text) for text in self.statements)


def read_migrations(folder: Path = FOLDER) -> list[Migration]:
    """All migrations in the order of their numbers."""
    return [Migration(file.stem, file.read_text()) for file in sorted(folder.glob("[0-9]*.sql"))]
