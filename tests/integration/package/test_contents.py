"""What is in a package, and what is not."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from local.build import Package
from tests.support.host_package import ROOT, package_for_this_machine

BYTECODE_HEADER = 16  # bytes: magic number, flags, hash of the source (PEP 552)
UNCHECKED_HASH = 0b01


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def entries(package: Package) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(package.archive) as archive:
        return archive.infolist()


def test_every_module_of_the_functions_is_in_it(package):
    own = {
        module.relative_to(ROOT).as_posix()
        for part in ("functions", "shared")
        for module in (ROOT / part).rglob("*.py")
    }

    assert own <= files_in(package.folder)


@pytest.mark.parametrize(
    "name", ["starlette", "mangum", "pymysql", "jwt", "cryptography", "stytch"]
)
def test_what_they_import_is_in_it(name, package):
    assert (package.folder / name / "__init__.pyc").is_file()


@pytest.mark.parametrize(
    "name",
    [
        "local",
        "tests",
        "migrations",
        "boto3",
        "botocore",
        "awslambdaric",
        "uvicorn",
        "bin",
        "cffi",
        "pycparser",
    ],
)
def test_what_is_not_deployed_is_not_in_it(name, package):
    assert not (package.folder / name).exists()


@pytest.mark.parametrize("pattern", ["*.pyi", "*.pyx", "*.h", "py.typed", "tests", "RECORD"])
def test_what_only_development_needs_is_not_in_it(pattern, package):
    assert list(package.folder.rglob(pattern)) == []


def test_no_folder_is_empty(package):
    folders = [path for path in package.folder.rglob("*") if path.is_dir()]

    assert [folder for folder in folders if not any(folder.iterdir())] == []


def test_licences_and_versions_stay(package):
    distribution = next(package.folder.glob("starlette-*.dist-info"))

    assert {entry.name for entry in distribution.iterdir()} == {"METADATA", "licenses"}


def test_every_distribution_keeps_the_text_of_its_licence(package):
    distributions = package.folder.glob("*.dist-info")

    without = {
        each.name.split("-")[0] for each in distributions if not any(each.glob("licenses/*"))
    }
    assert without == {"standardwebhooks"}  # its wheel has none; its METADATA says MIT


def test_only_our_modules_and_those_that_read_themselves_are_there_as_sources(package):
    sources = {path for path in map(Path, files_in(package.folder)) if path.suffix == ".py"}

    assert {str(path) for path in sources if path.parts[0] not in {"functions", "shared"}} == {
        "anyio/__init__.py",
        "anyio/_lazyimport.py",
        "anyio/abc/__init__.py",
    }


def test_anyio_is_not_imported_as_a_whole(package):
    program = "import anyio.abc, anyio.to_thread, sys; print('anyio.streams.tls' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={"PYTHONPATH": str(package.folder)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "False"


def test_authorities_are_those_of_certifi_called_as_openssl_looks_for_them(package, tmp_path):
    bundle = (package.folder / "certifi" / "cacert.pem").read_text()
    for number, text in enumerate(re.findall(r"-----BEGIN.*?END CERTIFICATE-----\n", bundle, re.S)):
        (tmp_path / f"{number}.pem").write_text(text)
    subprocess.run(["openssl", "rehash", tmp_path], check=True)

    expected = {link.name: link.read_text() for link in tmp_path.iterdir() if link.is_symlink()}
    files = (package.folder / "authorities").iterdir()
    assert {file.name: file.read_text() for file in files} == expected


def test_a_system_without_a_hashed_folder_reads_no_authority_while_it_starts(package):
    program = (
        "import ssl, types\n"
        "ssl.get_default_verify_paths = lambda: types.SimpleNamespace(capath=None)\n"
        "from shared import tls\n"
        "print(tls.__file__, len(tls.context().get_ca_certs()))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={"PYTHONPATH": str(package.folder)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == f"{package.folder}/shared/tls.py 0\n"


def test_another_python_is_told_what_to_do(package, tmp_path):
    program = "import sys; sys.version_info = (3, 99, 0); import functions.get"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        env={"PYTHONPATH": str(package.folder)},
        capture_output=True,
        text=True,
    )

    own = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    assert done.stderr.splitlines()[-1] == (
        f"ImportError: This package is for {own}, and this is python3.99. Deploy it with the "
        f"parameter Runtime={own}, or build it with LAMBDA_RUNTIME=python3.99."
    )


def test_every_module_of_ours_has_bytecode(package):
    modules = {module.stem for module in package.folder.rglob("*.py")}
    compiled = {file.name.split(".")[0] for file in package.folder.rglob("__pycache__/*.pyc")}

    assert compiled == modules


def test_bytecode_is_believed_unchecked(package):
    bytecode = list(package.folder.rglob("*.pyc"))

    assert {file.read_bytes()[4:8] for file in bytecode} == {UNCHECKED_HASH.to_bytes(4, "little")}


def test_tracebacks_name_files_as_they_lie_on_lambda(package):
    bytecode = next(package.folder.glob("functions/__pycache__/get.*.pyc"))

    code = marshal.loads(bytecode.read_bytes()[BYTECODE_HEADER:])
    assert code.co_filename == "/var/task/functions/get.py"


@pytest.mark.parametrize(
    ("pattern", "has_columns"),
    [("functions/__pycache__/get.*.pyc", True), ("mangum/adapter.pyc", False)],
    ids=["ours, whose text is there", "a dependency"],
)
def test_only_what_a_traceback_can_show_has_columns(package, pattern, has_columns):
    bytecode = next(package.folder.glob(pattern))

    code = marshal.loads(bytecode.read_bytes()[BYTECODE_HEADER:])
    columns = {column for _, _, column, _ in code.co_positions()}
    assert (columns != {None}) is has_columns


def test_nothing_tells_where_it_was_built(package):
    telling = [
        file
        for file in package.folder.rglob("*")
        if file.is_file() and bytes(package.folder) in file.read_bytes()
    ]

    assert telling == []


def test_the_zip_holds_the_folder(package, entries):
    assert {entry.filename for entry in entries} == files_in(package.folder)


def test_the_zip_is_sorted_and_undated(entries):
    names = [Path(entry.filename) for entry in entries]

    assert names == sorted(names)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_everybody_may_read_what_is_in_the_zip(entries):
    assert {oct(entry.external_attr >> 16) for entry in entries} == {"0o100644"}


def test_two_builds_are_equal_byte_by_byte(package, tmp_path):
    again = package_for_this_machine(tmp_path)

    assert again.archive.read_bytes() == package.archive.read_bytes()
