"""What is measured: our package as it is deployed, and its peers, run by the same bare Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from uv import find_uv_bin

from benchmarks.site import Site, identity_site, stytch_site
from local.build import Target, build_package, for_lambda
from local.build.bytecode import compile_modules, find_python
from shared.database import issues, visits

HERE = Path(__file__).parent
RUNTIME_OF_LIMITS = "python3.13"  # of Lambda's, the one that docs/performance.md was measured on
RUNTIME_CLIENT = ("awslambdaric*", "runtime_client*", "simplejson*", "snapshot_restore_py*")
STATEMENTS = {"list": issues.LIST_OF_STATUS, "create": issues.CREATE, "see": visits.SEE_OR_REFUSE}


@dataclass(frozen=True)
class Contender:
    """Its name in tables, and the modules that have its handlers; ours has one for each verb."""

    name: str
    modules: tuple[str, ...]
    speaks_rest: bool = False  # events of a REST API; else those of an HTTP API
    reports_spans: bool = False
    runs_in_node: bool = False
    site: Callable[[], Site] = identity_site  # whose tokens it knows, where it does not know both

    def module_for(self, method: str) -> str:
        return self.modules[-1] if method == "POST" else self.modules[0]

    @property
    def is_ours(self) -> bool:
        return self.modules == OURS.modules

    @property
    def environment(self) -> dict[str, str]:
        return {"REPORT_SPANS": "on"} if self.reports_spans else {}


OURS = Contender("ours", ("functions.get", "functions.create"))
OURS_WITH_STYTCH = Contender("ours, a session of Stytch", OURS.modules, site=stytch_site)
OURS_WITH_SPANS = Contender("ours, with spans", OURS.modules, reports_spans=True)
FASTAPI = Contender("FastAPI + Mangum", ("fastapi_api",))
FLASK = Contender("Flask + apig-wsgi", ("flask_api",))
STARLETTE = Contender("Starlette + Mangum by hand", ("starlette_api",))
STARLETTE_WITH_STYTCH = Contender("Starlette, the same", STARLETTE.modules, site=stytch_site)
POWERTOOLS = Contender("Powertools", ("powertools_api",))
CHALICE = Contender("Chalice", ("chalice_api",), speaks_rest=True)
RAW = Contender("raw handler", ("raw",))
FASTAPI_WITH_SDKS = Contender("FastAPI with SDKs", ("fastapi_with_sdks",))
FRAMEWORKS = (FASTAPI, FLASK, STARLETTE)
PEERS = (*FRAMEWORKS, POWERTOOLS, CHALICE, RAW)
NODE_PEERS = (
    Contender("Netlify's tutorial in Node", ("netlify_tutorial",), runs_in_node=True),
    Contender(
        "Stytch's tutorial in Node", ("stytch_tutorial",), runs_in_node=True, site=stytch_site
    ),
)


@dataclass(frozen=True)
class Workshop:
    """Where everybody is installed, and a `python` that has no package of its own.

    `runtime` has AWS's runtime client, which Lambda keeps outside of packages. `node_peers` are
    those who can run here: nobody where there is no Node.
    """

    python: Path
    version: str
    archive: Path
    ours: Path
    peers: Path
    runtime: Path
    node_peers: tuple[Contender, ...]

    @property
    def node_folder(self) -> Path:
        return self.peers / "node"

    def runtime_command(self, contender: Contender, module: str) -> list[str | Path]:
        """What Lambda runs: the runtime client with a handler."""
        if contender.runs_in_node:
            return ["node", self.node_folder / "runtime.mjs", module]
        return [self.python, "-P", "-m", "awslambdaric", f"{module}.handler"]

    def caller_command(self, contender: Contender) -> list[str | Path]:
        """The program that calls handlers again and again and notes the processor time."""
        if contender.runs_in_node:
            return ["node", self.node_folder / "timed_calls.mjs"]
        return [self.python, "-P", HERE / "counted_calls.py"]

    def path_of(self, contender: Contender) -> str:
        """PYTHONPATH for a contender."""
        return os.pathsep.join(
            map(str, (self.ours if contender.is_ours else self.peers, self.runtime))
        )


def prepare(root: Path, folder: Path) -> Workshop:
    """Build our package, and install the peers' pins; everybody gets bytecode of the same kind.

    On LAMBDA_RUNTIME, else on the Python that the limits are for; where this machine lacks that, on
    the one that runs this.
    """
    shutil.rmtree(folder, ignore_errors=True)
    runtime = for_lambda(os.environ.get("LAMBDA_RUNTIME") or RUNTIME_OF_LIMITS)
    python = find_python(runtime.python, os.environ) or sys.executable
    version = _output(python, "import platform; print(platform.python_version())")
    minor = version.rpartition(".")[0]
    package = build_package(root, Target("measured", minor, None), python, folder)
    subprocess.run([python, "-m", "venv", "--without-pip", folder / "python"], check=True)
    workshop = Workshop(
        python=folder / "python" / "bin" / "python",
        version=version,
        archive=package.archive,
        ours=package.folder,
        peers=folder / "peers",
        runtime=folder / "runtime",
        node_peers=NODE_PEERS if shutil.which("npm") else (),
    )
    _install_peers(workshop, python)
    if workshop.node_peers:
        _install_node_peers(workshop.node_folder)
    return workshop


def _install_peers(workshop: Workshop, python: str) -> None:
    pins = ["--require-hashes", "--requirements", str(HERE / "requirements.txt")]
    command = [find_uv_bin(), "pip", "install", "--quiet", "--python", python, *pins]
    subprocess.run([*command, "--link-mode", "copy", "--target", str(workshop.peers)], check=True)
    for peer in (HERE / "peers").glob("*.py"):
        shutil.copy(peer, workshop.peers)
    (workshop.peers / "statements.json").write_text(json.dumps(STATEMENTS))
    compile_modules(workshop.peers, python)
    for pattern in RUNTIME_CLIENT:
        for part in workshop.peers.glob(pattern):
            workshop.runtime.mkdir(exist_ok=True)
            shutil.move(part, workshop.runtime / part.name)


def _install_node_peers(folder: Path) -> None:
    shutil.copytree(HERE / "peers" / "node", folder)
    subprocess.run(
        ["npm", "--prefix", folder, "ci", "--no-audit", "--no-fund", "--silent"], check=True
    )


def _output(python: str, program: str) -> str:
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()
