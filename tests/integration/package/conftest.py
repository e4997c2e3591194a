"""A package for this machine, made of what is installed here, and a cloud that runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.build import Package
from tests.support.clouds import FREE_PORTS
from tests.support.host_package import (
    ROOT,
    package_for_this_machine,
    python_with_runtime_client,
)
from tests.support.running_cloud import RunningCloud

READ_BY_THE_LOCAL_CLOUD = ("migrations", "netlify.toml", "public", "template.yaml")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return package_for_this_machine(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def lambda_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return python_with_runtime_client(tmp_path_factory.mktemp("runtime"))


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
