"""Advisories on this machine: a checkout of pypa/advisory-database, or OSV's export, in a folder.

Source: Open Source Vulnerability format, https://ossf.github.io/osv-schema/ ("evaluation").
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

from local.audit.scanner import NotAsked
from local.kit.pins import normalised

Advisory = dict[str, Any]
# PyYAML's parser in C where it was built with it: ten times as fast.
YAML_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LAST = "last_affected"


class Snapshot:
    """Holds the advisories that are not withdrawn, by the distributions that they name."""

    def __init__(self, advisories: Iterable[Advisory]) -> None:
        self.newest = ""
        self._by_name: dict[str, list[Advisory]] = {}
        for advisory in advisories:
            self.newest = max(self.newest, advisory.get("modified", ""))
            for name in {} if "withdrawn" in advisory else _names(advisory):
                self._by_name.setdefault(name, []).append(advisory)

    def about(self, name: str, version: str) -> list[Advisory]:
        """Return the advisories about a version of a distribution."""
        return [
            advisory
            for advisory in self._by_name.get(normalised(name), [])
            if any(_is_affected(version, entry) for entry in _entries(advisory, normalised(name)))
        ]


def read_snapshot(folder: Path) -> Snapshot:
    """Read every .json, .yaml and .yml below a folder; raises NotAsked."""
    if not folder.is_dir():
        raise NotAsked(f"{folder} is no folder")
    try:
        return Snapshot(list(_read(folder)))
    except (ValueError, yaml.YAMLError) as error:
        raise NotAsked(f"{folder} holds a file that cannot be read: {error}") from error


def _read(folder: Path) -> Iterable[Advisory]:
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".json":
            content = json.loads(file.read_text())
        elif file.suffix in (".yaml", ".yml"):
            content = yaml.load(file.read_text(), YAML_LOADER)  # noqa: S506 - makes strings only
        else:
            continue
        if isinstance(content, dict) and "affected" in content:
            yield content


def _names(advisory: Advisory) -> set[str]:
    return {
        normalised(entry["package"]["name"])
        for entry in advisory["affected"]
        if entry.get("package", {}).get("ecosystem") == "PyPI"
    }


def _entries(advisory: Advisory, name: str) -> list[Advisory]:
    return [
        entry
        for entry in advisory["affected"]
        if normalised(entry.get("package", {}).get("name", "")) == name
    ]


def _is_affected(version: str, entry: Advisory) -> bool:
    ranges = [each for each in entry.get("ranges", []) if each["type"] == "ECOSYSTEM"]
    return version in entry.get("versions", []) or any(
        _is_within(Version(version), each["events"]) for each in ranges
    )


def _is_within(version: Version, events: list[dict[str, str]]) -> bool:
    """Follow the events in the order of their versions: the last one that is reached decides.

    A range whose versions cannot be compared counts: better told in vain than not at all.
    """
    try:
        ordered = sorted((_version_of(event), next(iter(event))) for event in events)
    except InvalidVersion:
        return True
    reached = [kind for at, kind in ordered if version > at or (version == at and kind != LAST)]
    return bool(reached) and reached[-1] == "introduced"


def _version_of(event: dict[str, str]) -> Version:
    """Return the event's version; "0" is the one before all others."""
    (version,) = event.values()
    return Version("0.dev0" if version == "0" else version)
