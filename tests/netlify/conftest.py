"""The site under Netlify's CLI: built as for a deployment, and running as `netlify dev`."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.netlify.netlify_cli import NetlifyCli, installed_cli
from tests.support.running_cloud import RunningCloud

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Build:
    """What `netlify build` said, and what it would deploy."""

    finished: subprocess.CompletedProcess[str]
    functions: Path

    @property
    def manifest(self) -> list[dict[str, Any]]:
        """The functions, as Netlify is told of them."""
        content = json.loads((self.functions / "manifest.json").read_text())
        return list(content["functions"])


@pytest.fixture(scope="session")
def cli(tmp_path_factory: pytest.TempPathFactory) -> NetlifyCli:
    return installed_cli(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout as Netlify sees it, in which nothing is installed yet."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "netlify.toml", folder)
    for name in ("netlify", "public"):
        ignored = shutil.ignore_patterns("node_modules")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    return folder


@pytest.fixture(scope="session")
def build(cli: NetlifyCli, site: Path) -> Build:
    return Build(cli.build(site), site / ".netlify" / "functions")


@pytest.fixture(scope="session")
def netlify_dev(
    cli: NetlifyCli, site: Path, build: Build, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of `netlify dev` in front of a local cloud, all of it on free ports."""
    assert build.finished.returncode == 0, build.finished.stdout
    folder = tmp_path_factory.mktemp("dev")
    web, python, functions, invoke_api, stytch = (str(port) for port in _free_ports(5))
    local_cloud = (
        f"env PYTHONPATH={ROOT} BASE_URL=http://localhost:{web}"
        f" PORT={python} LAMBDA_PORT={invoke_api} STYTCH_PORT={stytch} AWS_PORT=0"
        f" {sys.executable} -m local dev --state {folder / 'state'}"
    )
    process = cli.start_dev(
        site,
        folder / "output",
        *("--port", web, "--target-port", python, "--functions-port", functions),
        *("--command", local_cloud),
        LATCHKEY_LAMBDA_ENDPOINT=f"http://127.0.0.1:{invoke_api}",
    )
    running = RunningCloud(process, folder / "state", folder / "output")
    try:
        running.wait_until_ready()
        running.wait_for("Local dev server ready")
        yield f"http://localhost:{web}"
    finally:
        running.stop()


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports
