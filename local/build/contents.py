"""What belongs into a package: the functions, what they share, and what both need at run time."""

from __future__ import annotations

import shutil
from pathlib import Path

SOURCES = ("functions", "shared")
NOT_FOR_RUNNING = {".c", ".h", ".lock", ".pxd", ".pxi", ".pyi", ".pyx", ".typed"}
# What cryptography was built with; at run time it needs `_cffi_backend` alone.
BUILD_TOOLS = ("cffi", "pycparser")
# What stays of `*.dist-info`: licences must be passed on, and scanners read names and versions.
# The rest (such as RECORD) tells how and where the build machine installed it.
ABOUT_A_DISTRIBUTION = {"METADATA", "licenses"}
# The module that is imported first. Without this, another Python would miss a native module, or
# find the bytecode bad, and name neither reason nor remedy.
FIRST_MODULE = "functions/__init__.py"
REFUSAL = """\
import sys

if sys.version_info[:2] != ({numbers}):
    raise ImportError(
        "This package is for python{version}, and this is python%d.%d. Deploy it with the "
        "parameter Runtime=python{version}, or build it with LAMBDA_RUNTIME=python%d.%d."
        % (sys.version_info[:2] * 2)
    )
"""


def prune(folder: Path) -> None:
    """Delete what only pip, a developer or a test needs."""
    for unneeded in ("bin", *BUILD_TOOLS):
        shutil.rmtree(folder / unneeded, ignore_errors=True)
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and path.name in ("tests", "__pycache__"):
            shutil.rmtree(path)
        elif path.is_file() and _is_unneeded(path):
            path.unlink()
    for distribution in folder.glob("*.dist-info"):
        _reduce(distribution)
    _drop_empty_folders(folder)


def add_sources(root: Path, folder: Path) -> None:
    """Copy this project's own modules."""
    for source in SOURCES:
        for module in sorted((root / source).rglob("*.py")):
            copy = folder / module.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(module, copy)


def refuse_other_pythons(folder: Path, version: str) -> None:
    """Let the package say what is wrong where a Python of another version runs it."""
    module = folder / FIRST_MODULE
    refusal = REFUSAL.format(version=version, numbers=version.replace(".", ", "))
    module.write_text(refusal + module.read_text())


def _is_unneeded(file: Path) -> bool:
    return file.suffix in NOT_FOR_RUNNING or file.name in NOT_FOR_RUNNING


def _reduce(distribution: Path) -> None:
    for entry in distribution.iterdir():
        if entry.is_dir() and entry.name not in ABOUT_A_DISTRIBUTION:
            shutil.rmtree(entry)
        elif entry.is_file() and entry.name not in ABOUT_A_DISTRIBUTION:
            entry.unlink()


def _drop_empty_folders(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
