"""The steps from pins and sources to a package."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from uv import find_uv_bin

from local.build.authorities import add_authorities
from local.build.bytecode import compile_modules, replace_modules
from local.build.contents import add_sources, prune, refuse_other_pythons
from local.build.sbom import write_sbom
from local.build.target import BuildError, Target

FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Lambda runs the code as another user than the one who packed it.
READABLE_FILE = stat.S_IFREG | 0o644
# Which system's permissions an entry carries (APPNOTE.TXT 4.4.2).
UNIX = 3


@dataclass(frozen=True)
class Package:
    """Holds the same files twice: unpacked in `folder`, and packed in `archive`.

    `sbom` lists the distributions among them.
    """

    folder: Path
    archive: Path
    sbom: Path


def build_package(root: Path, target: Target, python: str | None, output: Path) -> Package:
    """Put `latchkey-<target>`, its zip and its SBOM into `output`; raises BuildError.

    `python` compiles the modules, None leaves them as they are. What was there before stays until
    the new package is complete.
    """
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".building-") as scratch:
        draft = _in(Path(scratch), "package")
        install_dependencies(root / "requirements.txt", target, draft.folder)
        complete_package(root, target, python, draft)
        return _publish(draft, _in(output, f"latchkey-{target.name}"))


def complete_package(root: Path, target: Target, python: str | None, package: Package) -> None:
    """Make a package of a folder into which the dependencies have been installed.

    Raises BuildError.
    """
    prune(package.folder)
    if python is not None:
        replace_modules(package.folder, python)
    add_authorities(package.folder)
    add_sources(root, package.folder)
    refuse_other_pythons(package.folder, target.python)
    if python is not None:
        compile_modules(package.folder, python)
    write_archive(package.folder, package.archive)
    write_sbom(root, package.folder, package.archive, package.sbom)


def install_dependencies(requirements: Path, target: Target, folder: Path) -> None:
    """Install the pinned wheels for the target, checked by their hashes; raises BuildError."""
    platform = ["--python-platform", target.platform] if target.platform else []
    command = [
        *(find_uv_bin(), "pip", "install", "--quiet"),
        *("--python", sys.executable, "--python-version", target.python, *platform),
        *("--only-binary", ":all:", "--require-hashes", "--requirements", str(requirements)),
        *("--link-mode", "copy", "--target", str(folder)),
    ]
    if subprocess.call(command) != 0:
        raise BuildError("the dependencies could not be installed; the lines above say why")


def write_archive(folder: Path, archive: Path) -> None:
    """Pack all files below `folder`; the same files make the same bytes on every machine."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with ZipFile(archive, "w") as packed:
        for file in files:
            entry = ZipInfo(file.relative_to(folder).as_posix(), FIRST_ZIP_DATE)
            entry.create_system = UNIX
            entry.external_attr = READABLE_FILE << 16
            packed.writestr(entry, file.read_bytes(), ZIP_DEFLATED, compresslevel=9)


def _in(folder: Path, name: str) -> Package:
    return Package(folder / name, folder / f"{name}.zip", folder / f"{name}.cdx.json")


def _publish(draft: Package, package: Package) -> Package:
    shutil.rmtree(package.folder, ignore_errors=True)
    draft.folder.rename(package.folder)
    draft.archive.replace(package.archive)
    draft.sbom.replace(package.sbom)
    return package
