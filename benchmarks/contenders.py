"""What is measured: our package as it is deployed, and its peers, run by the same bare Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from uv import find_uv_bin

from local.build import LAMBDA, Target, build_package
from local.build.bytecode import compile_modules, find_python
from shared.database import issues, visits

HERE = Path(__file__).parent
RUNTIME_CLIENT = ("awslambdaric*", "runtime_client*", "simplejson*", "snapshot_restore_py*")
STATEMENTS = {"list": issues.LIST_OF_STATUS, "create": issues.CREATE, "see": visits.SEE_OR_REFUSE}


@dataclass(frozen=True)
class Contender:
    """Its name in tables, and the modules that have its handlers; ours has one for each verb."""

    name: str
    modules: tuple[str, ...]
    speaks_rest: bool = False  # events of a REST API; else those of an HTTP API
    reports_spans: bool = False

    def module_for(self, method: str) -> str:
        return self.modules[-1] if method == "POST" else self.modules[0]

    @property
    def is_ours(self) -> bool:
        return self.modules == OURS.modules

    @property
    def environment(self) -> dict[str, str]:
        return {"REPORT_SPANS": "on"} if self.reports_spans else {}


OURS = Contender("ours", ("functions.get", "functions.create"))
OURS_WITH_SPANS = Contender("ours, with spans", OURS.modules, reports_spans=True)
FASTAPI = Contender("FastAPI + Mangum", ("fastapi_api",))
FLASK = Contender("Flask + apig-wsgi", ("flask_api",))
STARLETTE = Contender("Starlette + Mangum by hand", ("starlette_api",))
POWERTOOLS = Contender("Powertools", ("powertools_api",))
CHALICE = Contender("Chalice", ("chalice_api",), speaks_rest=True)
RAW = Contender("raw handler", ("raw",))
FASTAPI_WITH_SDKS = Contender("FastAPI with SDKs", ("fastapi_with_sdks",))
FRAMEWORKS = (FASTAPI, FLASK, STARLETTE)
PEERS = (*FRAMEWORKS, POWERTOOLS, CHALICE, RAW)


@dataclass(frozen=True)
class Workshop:
    """Where everybody is installed, and a `python` that has no package of its own.

    `runtime` has AWS's runtime client, which Lambda keeps outside of packages.
    """

    python: Path
    version: str
    archive: Path
    ours: Path
    peers: Path
    runtime: Path

    def path_of(self, contender: Contender) -> str:
        """PYTHONPATH for a contender."""
        return os.pathsep.join(
            map(str, (self.ours if contender.is_ours else self.peers, self.runtime))
        )


def prepare(root: Path, folder: Path) -> Workshop:
    """Build our package, and install the peers' pins; everybody gets bytecode of the same kind.

    On the Python that Lambda has, where this machine has it, else on the one that runs this.
    """
    shutil.rmtree(folder, ignore_errors=True)
    python = find_python(LAMBDA.python, os.environ) or sys.executable
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
    )
    _install_peers(workshop, python)
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


def _output(python: str, program: str) -> str:
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()
