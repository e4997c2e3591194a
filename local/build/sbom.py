"""What a package is made of, for scanners: an SBOM in CycloneDX 1.6, as JSON.

It holds neither a clock nor a random serial number: the same package makes the same bytes.
Source: CycloneDX 1.6 (ECMA-424), https://cyclonedx.org/docs/1.6/json/.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from local.build.licences import stated_licence
from local.build.target import BuildError
from local.kit.pins import Pin, normalised, read_pins

Json = dict[str, Any]
ANY_OF_THESE = "The package holds one of the files with these hashes."


def write_sbom(root: Path, folder: Path, archive: Path, sbom: Path) -> None:
    """Describe the package in `folder`, packed in `archive`; raises BuildError."""
    pins = packaged_pins(folder, read_pins(root / "requirements.txt"))
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"lifecycles": [{"phase": "build"}], "component": _own(project, archive)},
        "components": [_component(pin, found) for pin, found in pins],
        "dependencies": _dependencies(project["name"], [pin for pin, _ in pins]),
    }
    sbom.write_text(json.dumps(document, indent=2) + "\n")


def packaged_pins(folder: Path, pins: Iterable[Pin]) -> list[tuple[Pin, Distribution]]:
    """Return what lies in `folder`, by name; raises BuildError for what nobody pinned."""
    pinned = {(normalised(pin.name), pin.version): pin for pin in pins}
    found = {
        (normalised(each.name), each.version): each for each in distributions(path=[str(folder)])
    }
    strangers = sorted(f"{name} {version}" for name, version in found.keys() - pinned.keys())
    if strangers:
        raise BuildError(f"not pinned in requirements.txt: {', '.join(strangers)}; `make lock`")
    return [(pinned[key], found[key]) for key in sorted(found)]


def _own(project: Json, archive: Path) -> Json:
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    return {
        "type": "application",
        "bom-ref": project["name"],
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "licenses": [{"expression": project["license"]}],
    }


def _component(pin: Pin, distribution: Distribution) -> Json:
    return {
        "type": "library",
        "bom-ref": _purl(pin),
        "name": pin.name,
        "version": pin.version,
        "scope": "required",
        "licenses": [_licence(distribution)],
        "purl": _purl(pin),
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{pin.name}/{pin.version}/#files",
                "comment": ANY_OF_THESE,
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in pin.hashes],
            }
        ],
    }


def _licence(distribution: Distribution) -> Json:
    """Return an SPDX expression only where the metadata says that it is one."""
    stated = stated_licence(distribution.metadata)
    if "License-Expression" in distribution.metadata:
        return {"expression": stated, "acknowledgement": "declared"}
    return {"license": {"name": stated, "acknowledgement": "declared"}}


def _dependencies(project: str, pins: list[Pin]) -> list[Json]:
    """Return who asked for what: the project first, then the libraries."""
    needed: dict[str, list[str]] = {project: [], **{pin.name: [] for pin in pins}}
    for pin in pins:
        for name in needed.keys() & pin.asked_by:
            needed[name].append(_purl(pin))
    refs = {project: project, **{pin.name: _purl(pin) for pin in pins}}
    return [{"ref": refs[name], "dependsOn": needed[name]} for name in needed]


def _purl(pin: Pin) -> str:
    """Return the package URL (purl specification, type pypi)."""
    return f"pkg:pypi/{normalised(pin.name)}@{pin.version}"
