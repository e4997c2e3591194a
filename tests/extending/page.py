"""A page of documentation as steps: what its code blocks tell the reader to type."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(
    r"^(?P<before>[^\n]*)\n+^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Step:
    """A block: commands (`sh`), an edit (`diff`), or the whole of a file."""

    language: str
    file: str
    text: str

    def take(self, project: Path, environ: Mapping[str, str]) -> None:
        """Do in the project what the block says; an AssertionError tells where that fails."""
        if self.language == "sh":
            self._run(project, environ)
        elif self.language == "diff":
            self._edit(project / self.file)
        else:
            (project / self.file).write_text(self.text)

    def _run(self, project: Path, environ: Mapping[str, str]) -> None:
        done = subprocess.run(
            ["bash", "-ec", self.text],
            cwd=project,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, f"{self.text}\n{done.stdout}"

    def _edit(self, file: Path) -> None:
        lines = self.text.splitlines(keepends=True)
        old = "".join(line[1:] or "\n" for line in lines if not line.startswith("+"))
        new = "".join(line[1:] or "\n" for line in lines if not line.startswith("-"))
        content = f"\n{file.read_text()}"
        assert content.count(f"\n{old}") == 1, f"{self.file} must have this once:\n{old}"
        file.write_text(content.replace(f"\n{old}", f"\n{new}")[1:])


def steps_of(page: Path) -> Iterator[tuple[str, list[Step]]]:
    """The title of each section, and its steps; a block follows the line that names its file."""
    for section in re.split(r"^## ", page.read_text(), flags=re.MULTILINE)[1:]:
        title, _, text = section.partition("\n")
        yield title, [_step(block) for block in BLOCK.finditer(text)]


def _step(block: re.Match[str]) -> Step:
    files = re.findall(r"`([\w./-]+\.\w+)`", block["before"])
    assert files or block["language"] == "sh", f"no file before:\n{block['text']}"
    return Step(block["language"], files[-1] if files else "", block["text"])
