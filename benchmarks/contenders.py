"""What is measured: our package as it is deployed, and its peers, each run by a bare Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from uv import find_uv_bin

from local.build import build_package, this_machine
from local.build.bytecode import compile_modules

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Contenders:
    """Folders for PYTHONPATH, and a `python` that has no package of its own."""

    python: Path
    ours: Path
    peers: Path
    peers_without_bytecode: Path


def prepare(root: Path, folder: Path) -> Contenders:
    """Build our package, and install the peers' pins with and without bytecode."""
    shutil.rmtree(folder, ignore_errors=True)
    contenders = Contenders(
        python=folder / "python" / "bin" / "python",
        ours=build_package(root, this_machine(), sys.executable, folder).folder,
        peers=folder / "peers",
        peers_without_bytecode=folder / "peers-without-bytecode",
    )
    venv.create(folder / "python", symlinks=True)
    _install(contenders.peers_without_bytecode)
    shutil.copytree(contenders.peers_without_bytecode, contenders.peers)
    compile_modules(contenders.peers, sys.executable)
    return contenders


def _install(folder: Path) -> None:
    pins = ["--require-hashes", "--requirements", str(HERE / "requirements.txt")]
    command = [find_uv_bin(), "pip", "install", "--quiet", "--python", sys.executable, *pins]
    subprocess.run([*command, "--link-mode", "copy", "--target", str(folder)], check=True)
    for peer in (HERE / "peers").glob("*.py"):
        shutil.copy(peer, folder)
