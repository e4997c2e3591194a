"""Bytecode that Lambda can use: made by its Python version, and valid whatever the dates are.

SAM dates every file in its zip 1980-01-01, which makes ordinary bytecode stale, and the folder that
the code runs in cannot be written, so it would be compiled again at each cold start.
Source: PEP 552, "unchecked hash-based pycs".
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from uv import find_uv_bin

from local.build.target import BuildError

# Where Lambda unpacks; tracebacks name files below it.
CODE_FOLDER = "/var/task"
# anyio learns from its own text what it may import later. Without it, it imports all of itself at
# once: 14 % of a cold start.
READS_ITSELF = b"install_lazy_importer"


def find_python(version: str, environ: Mapping[str, str]) -> str | None:
    """Return the interpreter that BUILD_PYTHON names, else one of `version` here, else None.

    Raises BuildError if the one that is named has another version or does not run.
    """
    named = environ.get("BUILD_PYTHON")
    if named is None:
        return _search(version, environ)
    if _output([named, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]) != version:
        raise BuildError(f"BUILD_PYTHON has to be a Python {version}, which {named} is not")
    return named


def compile_modules(folder: Path, python: str) -> None:
    """Put bytecode beside every module; raises BuildError."""
    _compile(folder, python)


def replace_modules(folder: Path, python: str) -> None:
    """Put bytecode in the place of every module; raises BuildError.

    Tracebacks still name files and lines, but show no text of them, so nothing would show columns
    either: without them the package is 5 % smaller. A module that reads its own text keeps it,
    with its bytecode beside it.
    """
    _compile(folder, python, "-b", PYTHONNODEBUGRANGES="1")
    for module in folder.rglob("*.py"):
        if READS_ITSELF in module.read_bytes():
            module.with_suffix(".pyc").unlink()
        else:
            module.unlink()
    _compile(folder, python)


def _compile(folder: Path, python: str, *options: str, **environment: str) -> None:
    """One process, a fixed order, no hash randomisation: two builds are equal byte by byte."""
    places = ["-s", str(folder), "-p", CODE_FOLDER, str(folder)]
    validity = ["--invalidation-mode", "unchecked-hash"]
    done = subprocess.run(
        [python, "-m", "compileall", "-q", *options, *validity, *places],
        env={"PYTHONHASHSEED": "0", **environment},
    )
    if done.returncode != 0:
        raise BuildError("a module does not compile; the lines above say which")


def _search(version: str, environ: Mapping[str, str]) -> str | None:
    """Return what uv finds: on PATH, among its own, and pyenv's once that knows the version."""
    command = [find_uv_bin(), "python", "find", "--no-project", "--no-python-downloads", version]
    return _output(command, {**environ, "PYENV_VERSION": version})


def _output(command: list[str], environ: Mapping[str, str] | None = None) -> str | None:
    try:
        done = subprocess.run(command, env=environ, capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
