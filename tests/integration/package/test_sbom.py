"""The package's SBOM: valid CycloneDX 1.6, complete, and the same for the same package."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from local.build import BuildError, Package
from local.build.sbom import packaged_pins
from local.kit.pins import normalised, read_pins
from tests.support.host_package import ROOT, package_for_this_machine

PINS = {pin.name: pin for pin in read_pins(ROOT / "requirements.txt")}


@pytest.fixture(scope="module")
def sbom(package: Package) -> dict[str, Any]:
    return json.loads(package.sbom.read_text())


@pytest.fixture(scope="module")
def components(sbom: dict[str, Any]) -> dict[str, Any]:
    return {component["name"]: component for component in sbom["components"]}


def test_it_is_valid_by_the_schema_of_cyclonedx(package):
    validator = JsonStrictValidator(SchemaVersion.V1_6)

    assert validator.validate_str(package.sbom.read_text()) is None


def test_it_says_its_format_and_version(sbom):
    assert (sbom["bomFormat"], sbom["specVersion"], sbom["version"]) == ("CycloneDX", "1.6", 1)


def test_every_packaged_distribution_is_in_it_and_no_other(package, components):
    packaged = {
        (normalised(each.name), each.version) for each in distributions(path=[str(package.folder)])
    }

    assert {(each["name"], each["version"]) for each in components.values()} == packaged
    assert len(packaged) == len(PINS)


@pytest.mark.parametrize("name", PINS)
def test_a_component_has_its_package_url_and_the_pinned_hashes(name, components):
    component = components[name]
    (origin,) = component["externalReferences"]

    assert component["purl"] == f"pkg:pypi/{name}@{PINS[name].version}"
    assert tuple(each["content"] for each in origin["hashes"]) == PINS[name].hashes


def test_a_licence_expression_is_told_from_other_words(components):
    assert components["starlette"]["licenses"] == [
        {"expression": "BSD-3-Clause", "acknowledgement": "declared"}
    ]
    assert components["mangum"]["licenses"] == [
        {"license": {"name": "MIT License", "acknowledgement": "declared"}}
    ]


def test_it_describes_this_zip(package, sbom):
    digest = hashlib.sha256(package.archive.read_bytes()).hexdigest()

    assert sbom["metadata"]["component"]["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_everything_in_it_was_asked_for(sbom):
    asked_for = {ref for entry in sbom["dependencies"] for ref in entry["dependsOn"]}

    assert asked_for == {component["bom-ref"] for component in sbom["components"]}


def test_two_builds_have_the_same_bytes(package, tmp_path):
    assert package_for_this_machine(tmp_path).sbom.read_bytes() == package.sbom.read_bytes()


def test_what_nobody_pinned_makes_no_package(tmp_path: Path):
    about = tmp_path / "quill-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.4\nName: quill\nVersion: 1.0\n")

    with pytest.raises(BuildError, match=r"not pinned in requirements\.txt: quill 1\.0"):
        packaged_pins(tmp_path, PINS.values())
