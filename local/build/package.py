"""The steps from pins and sources to a package."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from local.build.archive import write_archive
from local.build.bytecode import compile_modules
from local.build.contents import add_sources, prune
from local.build.dependencies import install_dependencies
from local.build.target import Target


@dataclass(frozen=True)
class Package:
    """The same files twice: unpacked in `folder`, and packed in `archive`."""

    folder: Path
    archive: Path


def build_package(root: Path, target: Target, python: str | None, output: Path) -> Package:
    """Put `latchkey-<target>` and its zip into `output`; raises BuildError.

    `python` compiles the modules, None leaves them as they are. What was there before stays until
    the new package is complete.
    """
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".building-") as scratch:
        draft = Package(Path(scratch) / "package", Path(scratch) / "package.zip")
        install_dependencies(root / "requirements.txt", target, draft.folder)
        complete_package(root, python, draft)
        name = f"latchkey-{target.name}"
        return _publish(draft, Package(output / name, output / f"{name}.zip"))


def complete_package(root: Path, python: str | None, package: Package) -> None:
    """Make a package of a folder into which the dependencies have been installed."""
    prune(package.folder)
    add_sources(root, package.folder)
    if python is not None:
        compile_modules(package.folder, python)
    write_archive(package.folder, package.archive)


def _publish(draft: Package, package: Package) -> Package:
    shutil.rmtree(package.folder, ignore_errors=True)
    draft.folder.rename(package.folder)
    draft.archive.replace(package.archive)
    return package
