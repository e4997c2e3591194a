"""A package for this machine and a Python as on Lambda, made of what is installed here, offline."""

from __future__ import annotations

import re
import shutil
import sys
import venv
from importlib.metadata import distribution
from pathlib import Path

from local.build import Package, complete_package, this_machine

ROOT = Path(__file__).parents[2]
RUNTIME_CLIENT = ("awslambdaric", "simplejson", "snapshot-restore-py")


def package_for_this_machine(folder: Path) -> Package:
    """Install the run-time dependencies and complete the package."""
    package = Package(folder / "package", folder / "package.zip", folder / "package.cdx.json")
    for name in run_time_pins():
        copy_distribution(name, package.folder)
    complete_package(ROOT, this_machine(), sys.executable, package)
    return package


def python_with_runtime_client(folder: Path) -> Path:
    """A Python as on Lambda: nothing is installed but the runtime client."""
    venv.create(folder, symlinks=True)
    site_packages = next(folder.glob("lib/python*/site-packages"))
    for name in RUNTIME_CLIENT:
        copy_distribution(name, site_packages)
    return folder / "bin" / "python"


def run_time_pins() -> list[str]:
    """The names in requirements.txt."""
    return re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)


def copy_distribution(name: str, folder: Path) -> None:
    """Copy what pip would install below site-packages."""
    for file in distribution(name).files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:
            copy = folder / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), copy)
