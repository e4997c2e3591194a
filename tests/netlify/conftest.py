"""The site under Netlify's CLI: built as for a deployment, and running as `netlify dev`.

Each of it once for both forms of functions: Lambda-compatible (v1), and modern (v2).
"""

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
FOLDERS = {"v1": "netlify/functions", "v2": "netlify/functions-v2"}


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


@dataclass(frozen=True)
class NetlifyDev:
    """A running `netlify dev`, and the Lambda API of the local cloud behind it."""

    url: str
    lambda_endpoint: str


@pytest.fixture(scope="session")
def cli(tmp_path_factory: pytest.TempPathFactory) -> NetlifyCli:
    return installed_cli(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session", params=FOLDERS)
def form(request: pytest.FixtureRequest) -> str:
    """The form of the site's functions."""
    return str(request.param)


@pytest.fixture(scope="session")
def site(form: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout as Netlify sees it, in which nothing is installed yet."""
    folder = tmp_path_factory.mktemp("site")
    config = (ROOT / "netlify.toml").read_text()
    setting = f'directory = "{FOLDERS["v1"]}"'
    assert config.count(setting) == 1
    (folder / "netlify.toml").write_text(config.replace(setting, f'directory = "{FOLDERS[form]}"'))
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
) -> Iterator[NetlifyDev]:
    """`netlify dev` in front of a local cloud, all of it on free ports."""
    assert build.finished.returncode == 0, build.finished.stdout
    folder = tmp_path_factory.mktemp("dev")
    web, python, functions, invoke_api, stytch = (str(port) for port in _free_ports(5))
    local_cloud = (
        f"env PYTHONPATH={ROOT} BASE_URL=http://localhost:{web}"
        f" PORT={python} LAMBDA_PORT={invoke_api} STYTCH_PORT={stytch} AWS_PORT=0"
        f" {sys.executable} -m local dev --state {folder / 'state'}"
    )
    lambda_endpoint = f"http://127.0.0.1:{invoke_api}"
    process = cli.start_dev(
        site,
        folder / "output",
        *("--port", web, "--target-port", python, "--functions-port", functions),
        *("--command", local_cloud),
        LATCHKEY_LAMBDA_ENDPOINT=lambda_endpoint,
    )
    running = RunningCloud(process, folder / "state", folder / "output")
    try:
        running.wait_until_ready()
        running.wait_for("Local dev server ready")
        yield NetlifyDev(f"http://localhost:{web}", lambda_endpoint)
    finally:
        running.stop()


@pytest.fixture(scope="session")
def functions_serve(
    cli: NetlifyCli,
    site: Path,
    form: str,
    netlify_dev: NetlifyDev,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of `netlify functions:serve`, with the local cloud of `netlify dev`."""
    folder = tmp_path_factory.mktemp("serve")
    ignored = shutil.ignore_patterns(".netlify")
    own_site = shutil.copytree(site, folder / "site", ignore=ignored, symlinks=True)
    (port,) = _free_ports(1)
    process = cli.start_functions(
        own_site,
        folder / "output",
        *("--port", str(port)),
        LATCHKEY_LAMBDA_ENDPOINT=netlify_dev.lambda_endpoint,
    )
    running = RunningCloud(process, folder / "state", folder / "output")
    try:
        for shim in (own_site / FOLDERS[form]).iterdir():
            running.wait_for(f"Loaded function {shim.stem}\n")
        yield f"http://localhost:{port}"
    finally:
        running.stop()


@pytest.fixture(params=["netlify dev", "netlify functions:serve"])
def served(request: pytest.FixtureRequest, netlify_dev: NetlifyDev, functions_serve: str) -> str:
    """Where the site's functions answer, under both commands."""
    return netlify_dev.url if request.param == "netlify dev" else functions_serve


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports
