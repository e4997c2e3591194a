"""A package for this machine, made of what is installed here, and a cloud that runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.build import Package, complete_package
from tests.integration.package.installed import (
    ROOT,
    RUNTIME_CLIENT,
    copy_distribution,
    run_time_pins,
)
from tests.support.clouds import FREE_PORTS
from tests.support.running_cloud import RunningCloud

READ_BY_THE_LOCAL_CLOUD = ("migrations", "netlify.toml", "public", "template.yaml")


def complete(folder: Path) -> Package:
    """Install the run-time dependencies and complete the package."""
    package = Package(folder / "package", folder / "package.zip", folder / "package.cdx.json")
    for name in run_time_pins():
        copy_distribution(name, package.folder)
    complete_package(ROOT, sys.executable, package)
    return package


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return complete(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def lambda_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python as on Lambda: nothing is installed but the runtime client."""
    folder = tmp_path_factory.mktemp("runtime")
    venv.create(folder, symlinks=True)
    site_packages = next(folder.glob("lib/python*/site-packages"))
    for name in RUNTIME_CLIENT:
        copy_distribution(name, site_packages)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def package_cloud(
    package: Package, lambda_python: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningCloud]:
    """A local cloud whose functions are the unpacked zip."""
    folder = tmp_path_factory.mktemp("deployed")
    root, output = folder / "root", folder / "output"
    with zipfile.ZipFile(package.archive) as archive:
        archive.extractall(root)
    for name in READ_BY_THE_LOCAL_CLOUD:
        (root / name).symlink_to(ROOT / name)
    program = "tests.integration.package.cloud_of_package"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", program, root, lambda_python, "--state", folder / "state"],
            cwd=ROOT,
            env=os.environ | FREE_PORTS,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    running = RunningCloud(process, folder / "state", output)
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.stop()
