"""Edits YAML as text, so that its comments and its layout stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from scaffold.checkout import Refused

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where there is one


@dataclass(frozen=True)
class Entry:
    """A key and its value in block style: line numbers count from 0, `end` is the line behind."""

    key: str
    line: int
    end: int
    keys: tuple[str, ...]


class YamlText:
    """The lines of a YAML file, and where its entries stand."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self.lines = text.splitlines(keepends=True)
        try:
            self._root = yaml.compose(text, Loader=LOADER)
        except yaml.YAMLError as error:
            raise Refused(f"{file} is not YAML: {error}.") from error

    def entry(self, *path: str) -> Entry:
        """The entry that these keys lead to; raises Refused."""
        found = self._find(path)
        if found is None:
            raise Refused(f"In {self._file}, there must be {' > '.join(path)}.")
        return found

    def has(self, *path: str) -> bool:
        return self._find(path) is not None

    def line_of(self, text: str, within: Entry) -> int:
        """The first line of the entry that is this; raises Refused."""
        try:
            return self.lines.index(text, within.line, within.end)
        except ValueError:
            raise Refused(f"In {self._file}, {within.key} must have {text.strip()}") from None

    def inserted(self, line: int, text: str) -> str:
        """The whole text with more lines before this line."""
        return self.replaced(line, line, text)

    def replaced(self, first: int, end: int, text: str) -> str:
        """The whole text with other lines from `first` to before `end`."""
        return "".join([*self.lines[:first], text, *self.lines[end:]])

    def _find(self, path: tuple[str, ...]) -> Entry | None:
        node, found = self._root, None
        for key in path:
            pairs = {name.value: (name, value) for name, value in _pairs(node)}
            if key not in pairs:
                return None
            name, node = pairs[key]
            keys = tuple(str(inner.value) for inner, _ in _pairs(node))
            found = Entry(key, name.start_mark.line, self._end(node), keys)
        return found

    def _end(self, node: yaml.Node) -> int:
        """The line behind the node's last one; its end mark may lie behind blank lines."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(node, yaml.MappingNode) else last
        end = int(node.end_mark.line) + (node.end_mark.column > 0)
        while not self.lines[end - 1].strip():
            end -= 1
        return end


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []
