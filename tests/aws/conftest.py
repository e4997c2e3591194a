"""A checkout that the SAM CLI has built, and the package that `make build` makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from local.build import chosen_runtime, for_lambda
from tests.aws.stack import Stack, created_in_moto

ROOT = Path(__file__).parents[2]
TARGET = for_lambda(chosen_runtime(ROOT / "template.yaml", {}))
SAM_ENVIRONMENT = ROOT / "build" / "sam-cli" / "bin"
FOLDERS = ("functions", "local", "shared")
FILES = (
    "dev.py",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
    "samconfig.toml",
    "template.yaml",
)


@dataclass(frozen=True)
class Checkout:
    """A copy of the project, which uses this one's `.venv`."""

    folder: Path

    def sam(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run(str(SAM_ENVIRONMENT / "sam"), *arguments)

    def make_build(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return self._run(sys.executable, "-m", "local", "build", *arguments, **environ)

    def _run(self, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
        offline = {"SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "us-east-1"}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | offline | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


@dataclass(frozen=True)
class SamBuild:
    """What `sam build` said, and the folder of each function that it would deploy."""

    finished: subprocess.CompletedProcess[str]
    folder: Path

    @property
    def functions(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.is_dir())


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    folder = tmp_path_factory.mktemp("checkout")
    for name in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return Checkout(folder)


@pytest.fixture(scope="session")
def sam_build(checkout: Checkout) -> SamBuild:
    return SamBuild(checkout.sam("build"), checkout.folder / ".aws-sam" / "build")


@pytest.fixture(scope="session")
def package(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of another `make build`, unpacked; its zip lies beside it."""
    output = tmp_path_factory.mktemp("output")
    finished = checkout.make_build("--output", str(output))
    assert finished.returncode == 0, finished.stdout
    return output / f"latchkey-{TARGET.name}"


@pytest.fixture(scope="session")
def transformed() -> dict[str, Any]:
    """What the AWS::Serverless transform makes of template.yaml."""
    program = Path(__file__).with_name("transform.py")
    document = subprocess.check_output(
        [SAM_ENVIRONMENT / "python", program, ROOT / "template.yaml"],
        env=os.environ | {"AWS_DEFAULT_REGION": "us-east-1"},
    )
    template: dict[str, Any] = json.loads(document)
    return template


@pytest.fixture(scope="module")
def stack(transformed: dict[str, Any]) -> Iterator[Stack]:
    with created_in_moto(transformed) as created:
        yield created
