"""The project's files, and changes to them that are written all together or not at all."""

from __future__ import annotations

from pathlib import Path


class Refused(Exception):
    """What was asked for cannot be done; the message says why, in one sentence."""


class Checkout:
    """Reads files as they will be, once `save` has written the changes. Paths are relative."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._changed: dict[str, str | None] = {}

    def exists(self, path: str) -> bool:
        if path in self._changed:
            return self._changed[path] is not None
        return (self._root / path).is_file()

    def read(self, path: str) -> str:
        """The file's text; raises Refused where there is no such file."""
        text = self._changed[path] if path in self._changed else self._on_disk(path)
        if text is None:
            raise Refused(f"There is no {path}.")
        return text

    def write(self, path: str, text: str) -> None:
        """Change the file, or make it."""
        self._changed[path] = text

    def remove(self, path: str) -> None:
        self._changed[path] = None

    def names(self, folder: str, suffix: str) -> list[str]:
        """The names, without the suffix, of the files in a folder that end in it."""
        found = {file.relative_to(self._root).as_posix() for file in self._files(folder)}
        paths = {path for path in found | set(self._changed) if self.exists(path)}
        start = f"{folder}/"
        names = [path[len(start) :] for path in paths if path.startswith(start)]
        return sorted(
            name.removesuffix(suffix) for name in names if name.endswith(suffix) and "/" not in name
        )

    def changes(self) -> dict[str, str]:
        """Each file that `save` will change, and how: `new`, `changed` or `removed`."""
        return {
            path: "removed" if text is None else "changed" if old is not None else "new"
            for path, text in self._changed.items()
            if text != (old := self._on_disk(path))
        }

    def save(self) -> None:
        """Write every change."""
        for path in self.changes():
            text, file = self._changed[path], self._root / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")

    def _files(self, folder: str) -> list[Path]:
        directory = self._root / folder
        return list(directory.iterdir()) if directory.is_dir() else []

    def _on_disk(self, path: str) -> str | None:
        file = self._root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None
