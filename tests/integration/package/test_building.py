"""Which Python compiles, what stands in the way of a package, and what the builder is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from local.build import (
    BuildError,
    Package,
    Target,
    chosen_runtime,
    for_lambda,
    this_machine,
)
from local.build.bytecode import compile_modules, find_python
from local.build.package import install_dependencies
from local.build.size_report import UNPACKED_LIMIT, size_report
from tests.support.host_package import ROOT
from tests.unit.tagged_yaml import load_with_tags

TEMPLATE = ROOT / "template.yaml"


@pytest.fixture
def small(tmp_path: Path) -> Package:
    """A folder with one file, and its zip."""
    package = Package(tmp_path / "small", tmp_path / "small.zip", tmp_path / "small.cdx.json")
    package.folder.mkdir()
    (package.folder / "data").write_bytes(b"x" * 1024 * 1024)
    package.archive.write_bytes(b"y" * 512 * 1024)
    return package


def test_the_package_is_for_the_runtime_that_the_template_has_by_default():
    parameter = load_with_tags(TEMPLATE)["Parameters"]["Runtime"]

    assert chosen_runtime(TEMPLATE, {}) == parameter["Default"]


def test_the_default_runtime_is_the_newest():
    parameter = load_with_tags(TEMPLATE)["Parameters"]["Runtime"]

    assert parameter["Default"] == max(parameter["AllowedValues"])


def test_lambda_runtime_names_another():
    allowed = load_with_tags(TEMPLATE)["Parameters"]["Runtime"]["AllowedValues"]

    assert [chosen_runtime(TEMPLATE, {"LAMBDA_RUNTIME": one}) for one in allowed] == allowed


def test_a_runtime_that_the_template_does_not_allow_is_refused():
    message = r"LAMBDA_RUNTIME has to be python3\.14 or python3\.13, not 'nodejs22\.x'"

    with pytest.raises(BuildError, match=message):
        chosen_runtime(TEMPLATE, {"LAMBDA_RUNTIME": "nodejs22.x"})


def test_the_package_is_for_the_processor_that_the_template_asks():
    function = load_with_tags(TEMPLATE)["Globals"]["Function"]

    assert for_lambda("python3.14").name == f"python3.14-{function['Architectures'][0]}"
    assert function["Runtime"] == {"!Ref": "Runtime"}


@pytest.mark.parametrize("environ", [{}, {"LAMBDA_RUNTIME": "python3.13"}, {"LAMBDA_RUNTIME": ""}])
def test_sam_unpacks_the_zip_that_make_build_makes(environ):
    done = subprocess.run(
        ["make", "--dry-run", "--file", "local/build/Makefile", "build-GetFunction"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        check=True,
    )

    name = for_lambda(chosen_runtime(TEMPLATE, environ)).name
    assert f"python3 -m zipfile -e build/latchkey-{name}.zip" in done.stdout


def test_build_python_compiles():
    target = this_machine()

    assert find_python(target.python, {"BUILD_PYTHON": sys.executable}) == sys.executable


def test_a_build_python_of_another_version_is_refused():
    with pytest.raises(BuildError, match=r"BUILD_PYTHON has to be a Python 2\.7, which .*python"):
        find_python("2.7", {"BUILD_PYTHON": sys.executable})


def test_a_build_python_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(BuildError, match="BUILD_PYTHON"):
        find_python("3.13", {"BUILD_PYTHON": str(tmp_path / "python")})


def test_without_build_python_this_machine_is_searched(tmp_path):
    target = this_machine()

    found = find_python(target.python, {"PATH": str(Path(sys.executable).parent)})

    assert found is not None


def test_a_version_that_is_not_here_is_not_found():
    assert find_python("3.99", {"PATH": "/nowhere"}) is None


def test_a_module_with_a_syntax_error_makes_no_package(tmp_path):
    (tmp_path / "broken.py").write_text("def (:\n")

    with pytest.raises(BuildError, match="does not compile"):
        compile_modules(tmp_path, sys.executable)


def test_a_requirement_without_a_hash_makes_no_package(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("starlette==1.10.0\n")

    with pytest.raises(BuildError, match="could not be installed"):
        install_dependencies(requirements, Target("host", "3.13", None), tmp_path / "package")


def test_sizes_are_told_against_the_limits_of_lambda(small):
    zip_line, folder_line, hash_line = size_report(small).splitlines()

    assert zip_line == f"{small.archive}  0.5 MB of 50 MB for an upload without S3"
    assert folder_line == f"{small.folder}  1.0 MB of 250 MB unpacked"
    assert len(hash_line) == len("sha256 ") + 64


def test_more_than_lambda_unpacks_makes_no_package(small):
    with (small.folder / "sparse").open("wb") as file:
        file.truncate(UNPACKED_LIMIT)

    with pytest.raises(BuildError, match=r"251\.0 MB of 250 MB, more than Lambda unpacks"):
        size_report(small)
