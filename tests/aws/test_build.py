"""`sam build` and `make build`: the same files for every function, ready for Lambda on arm64."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from local.build import this_machine
from scaffold.new.names import logical_id
from tests.aws.conftest import ROOT, TARGET, Checkout, SamBuild

ELF_MACHINE = slice(18, 20)  # e_machine (ELF-64 Object File Format, ELF header)
AARCH64 = (183).to_bytes(2, "little")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_sam_builds(sam_build: SamBuild) -> None:
    assert sam_build.finished.returncode == 0, sam_build.finished.stdout


def test_sam_builds_every_function(sam_build: SamBuild) -> None:
    modules = {path.stem for path in (ROOT / "functions").glob("[a-z]*.py")}

    assert {folder.name for folder in sam_build.functions} == set(map(logical_id, modules))


def test_sam_makes_the_package_once(sam_build: SamBuild) -> None:
    assert sam_build.finished.stdout.count("python3 dev.py build") == 1


def test_every_function_of_sam_is_the_package_of_make_build(
    sam_build: SamBuild, package: Path
) -> None:
    expected = contents(package)

    for function in sam_build.functions:
        assert contents(function) == expected, function.name


def test_two_builds_have_one_hash(checkout: Checkout, sam_build: SamBuild, package: Path) -> None:
    built_by_sam = checkout.folder / "build" / f"latchkey-{TARGET.name}.zip"
    built_again = package.with_name(f"{package.name}.zip")

    assert built_by_sam.read_bytes() == built_again.read_bytes()


def test_native_modules_are_for_arm(package: Path) -> None:
    machines = {file.read_bytes()[ELF_MACHINE] for file in package.rglob("*.so")}

    assert machines == {AARCH64}


def test_every_module_is_compiled_by_the_python_of_the_runtime(package: Path) -> None:
    compiled = list(package.rglob(f"*.cpython-{TARGET.python.replace('.', '')}.pyc"))

    assert len(compiled) == len(list(package.rglob("*.py")))


def test_package_is_at_most_14_megabytes_zipped(package: Path) -> None:
    assert package.with_name(f"{package.name}.zip").stat().st_size <= 14 * 1024 * 1024


def test_make_build_tells_sizes_and_hash(checkout: Checkout, tmp_path: Path) -> None:
    finished = checkout.make_build("--host", "--output", str(tmp_path))

    digest = hashlib.sha256((tmp_path / "latchkey-host.zip").read_bytes()).hexdigest()
    assert "MB of 50 MB for an upload without S3" in finished.stdout
    assert "MB of 250 MB unpacked" in finished.stdout
    assert f"sha256 {digest}" in finished.stdout


def test_make_build_refuses_a_python_that_does_not_run(checkout: Checkout, tmp_path: Path) -> None:
    finished = checkout.make_build("--output", str(tmp_path), BUILD_PYTHON="/no/such/python")

    assert finished.returncode == 1
    assert (
        f"There is no package: BUILD_PYTHON has to be a Python {TARGET.python}" in finished.stdout
    )


@pytest.mark.skipif(this_machine().python == TARGET.python, reason="this Python can compile it")
def test_make_build_says_so_when_it_cannot_compile(checkout: Checkout, tmp_path: Path) -> None:
    no_python = {"PATH": "/nowhere", "UV_PYTHON_INSTALL_DIR": str(tmp_path / "none")}

    finished = checkout.make_build("--output", str(tmp_path), **no_python)

    assert finished.returncode == 0
    assert f"No Python {TARGET.python} was found, so the package has no bytecode" in finished.stdout
    assert list(tmp_path.rglob("*.pyc")) == []
