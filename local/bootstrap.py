"""Makes `.venv` and installs the pinned packages into it; does nothing when that is done.

Standard library only, and readable by Python 3.8 (macOS brings 3.9), so that an old Python can say
what it needs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from local.screen import Screen

OLDEST_PYTHON = (3, 11)
OTHER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
NO_PYTHON = """\
Latchkey needs Python 3.11 or newer, and this is {version}. Install one and run the same again:
  Debian, Ubuntu   sudo apt install python3.11 python3.11-venv
  Fedora           sudo dnf install python3.13
  macOS            brew install python"""
NO_VENV = "{python} cannot make a virtual environment. Type: sudo apt install python3-venv"
NO_PACKAGES = (
    "The packages could not be installed; the lines above say why. Then run the same again."
)


class BootstrapError(RuntimeError):
    """The environment cannot be made; the message says what to type."""


class Environment:
    """Manages the project's `.venv` below `root`."""

    def __init__(self, root: Path) -> None:
        self.bin = root / ".venv" / "bin"
        self._venv = root / ".venv"
        self._python = self.bin / "python"
        self._stamp = self._venv / "installed"
        self._requirements = root / "requirements-dev.txt"
        self._screen = Screen(sys.stdout)

    def ensure(self) -> None:
        """Install what is pinned, unless that is done; an interrupted run is completed.

        Raises BootstrapError.
        """
        if self.is_complete():
            return
        if not self._works():
            self._make(find_python())
        with self._screen.step("Installing the pinned packages into .venv", self._how_many) as step:
            if not (self._install_with_uv() or self._install_with_pip(self._requirements)):
                raise BootstrapError(NO_PACKAGES)
        self._screen.print(f"Installed {self._how_many()} into .venv in {step.seconds:.1f} s")
        self._stamp.write_text(self._fingerprint())

    def is_complete(self) -> bool:
        return self._stamp.exists() and self._stamp.read_text() == self._fingerprint()

    def _fingerprint(self) -> str:
        """Return what `.venv` was made from: the pins, and the interpreter behind its link."""
        pins = hashlib.sha256(self._requirements.read_bytes()).hexdigest()
        return f"{pins} {os.path.realpath(self._python)} {self._python.exists()}"

    def _works(self) -> bool:
        """Tell whether an earlier run has completed `.venv`, with a Python that is new enough."""
        python = str(self._python)
        return is_new_enough(python) and _succeeds([python, "-m", "pip", "--version"])

    def _make(self, python: str) -> None:
        with self._screen.step(f"Making .venv with {python}") as step:
            if not self._run([python, "-m", "venv", "--clear", str(self._venv)]):
                raise BootstrapError(NO_VENV.format(python=python))
        self._screen.print(f"Made .venv with {python} in {step.seconds:.1f} s")

    def _how_many(self) -> str:
        """How many packages are there by now."""
        found = self._venv.glob("lib/python*/site-packages/*.dist-info")
        return f"{sum(1 for _ in found)} packages"

    def _install_with_uv(self) -> bool:
        """Install fast (2 s instead of 20): the pinned uv first, which then installs the rest."""
        pin = self._venv / "uv.txt"
        pin.write_text(pinned("uv", self._requirements.read_text()))
        if not self._install_with_pip(pin):
            return False
        uv = [str(self.bin / "uv"), "pip", "install", "--quiet", "--python", str(self._python)]
        options = ["--require-hashes", "--compile-bytecode"]  # functions write no bytecode
        return self._run([*uv, *options, "--requirements", str(self._requirements)])

    def _install_with_pip(self, requirements: Path) -> bool:
        pip = [str(self._python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        return self._run([*pip, "--require-hashes", "--requirement", str(requirements)])

    def _run(self, command: list[str]) -> bool:
        """Run a command; what it says, which is what went wrong, is shown when it has ended."""
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.stdout:
            self._screen.print(done.stdout.decode(errors="replace").rstrip())
        return done.returncode == 0


def find_python() -> str:
    """Return the running interpreter, or the newest on PATH; raises BootstrapError."""
    for python in (sys.executable, *OTHER_PYTHONS):
        if is_new_enough(python):
            return python
    raise BootstrapError(NO_PYTHON.format(version=sys.version.split()[0]))


def is_new_enough(python: str) -> bool:
    """Tell whether the interpreter runs (a shim may not) and is at least Python 3.11."""
    return _succeeds([python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"])


def pinned(package: str, requirements: str) -> str:
    """Return the package's lines of a requirements file: its version and its hashes."""
    lines = requirements.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(f"{package}=="))
    last = next(n for n in range(first, len(lines)) if not lines[n].endswith("\\"))
    return "\n".join(lines[first : last + 1]) + "\n"


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0
