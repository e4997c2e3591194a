"""`python3 dev.py` and `make`: from a fresh checkout to a running target."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local import bootstrap
from local.bootstrap import BootstrapError, Environment, find_python, is_new_enough, pinned

ROOT = Path(__file__).resolve().parents[2]
THIS_PYTHON = sys.executable
UV_PIN = "uv==0.1 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
PINS = "requests==2.0 \\\n    --hash=sha256:aa\n" + UV_PIN
PIP = "python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement"
UV = (
    "uv pip install --quiet --python {python} --require-hashes --compile-bytecode "
    "--requirements {pins}"
)


class Checkout:
    """A checkout in which nothing is installed, and stand-ins that record how they are called.

    The stand-in for the system's Python makes a virtual environment whose `python` and `uv` are
    stand-ins too; each fails while a file `<name>-fails` exists.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pins = root / "requirements-dev.txt"
        self.venv = root / ".venv"
        self._calls = root / "calls"
        self.pins.write_text(PINS)
        for name in ["dev.py", "local/__init__.py", "local/bootstrap.py", "local/screen.py"]:
            (root / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        in_venv = self.program(
            "in-venv",
            f'name=$(basename "$0"); echo "$name $*" >> "{self._calls}"; '
            f'[ ! -e "{root}/$name-fails" ] || exit 3',
        )
        self.python = self.program(
            "python3",
            f'echo "python3 $*" >> "{self._calls}"; [ "$2" = venv ] || exit 0; '
            f'[ ! -e "{root}/venv-fails" ] || exit 1; mkdir -p "$4/bin"; '
            f'cp "{in_venv}" "$4/bin/python"; cp "{in_venv}" "$4/bin/uv"',
        )

    def program(self, name: str, script: str) -> Path:
        path = self.root / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def breaks(self, name: str) -> None:
        (self.root / f"{name}-fails").touch()

    def mend(self, name: str) -> None:
        (self.root / f"{name}-fails").unlink()

    def ensure(self) -> list[str]:
        """Install what is missing; answers the calls that this took, probes left out."""
        self._calls.write_text("")
        Environment(self.root).ensure()
        return self.calls()

    def calls(self) -> list[str]:
        lines = self._calls.read_text().splitlines()
        return [line for line in lines if " -c import" not in line and "--version" not in line]

    def dev(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [THIS_PYTHON, "dev.py", *words]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True)

    @property
    def steps(self) -> list[str]:
        """The calls of a fast installation: the pinned uv, then everything by uv."""
        install = UV.format(python=self.venv / "bin" / "python", pins=self.pins)
        return [f"{PIP} {self.venv / 'uv.txt'}", install]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    checkout = Checkout(tmp_path)
    monkeypatch.setattr(bootstrap.sys, "executable", str(checkout.python))
    return checkout


class TestInstalling:
    def test_a_fresh_checkout_gets_a_venv_then_uv_then_all_packages(
        self, checkout: Checkout
    ) -> None:
        assert checkout.ensure() == [f"python3 -m venv --clear {checkout.venv}", *checkout.steps]

    def test_uv_is_installed_by_its_own_pin_and_hashes(self, checkout: Checkout) -> None:
        checkout.ensure()

        assert (checkout.venv / "uv.txt").read_text() == UV_PIN

    def test_the_second_time_nothing_is_run(self, checkout: Checkout) -> None:
        checkout.ensure()

        assert checkout.ensure() == []

    def test_changed_pins_are_installed_into_the_same_venv(self, checkout: Checkout) -> None:
        checkout.ensure()
        checkout.pins.write_text(PINS.replace("2.0", "2.1"))

        assert checkout.ensure() == checkout.steps

    def test_an_interrupted_installation_is_taken_up_again(self, checkout: Checkout) -> None:
        checkout.ensure()
        (checkout.venv / "installed").unlink()

        assert checkout.ensure() == checkout.steps

    def test_a_half_made_venv_is_made_again(self, checkout: Checkout) -> None:
        (checkout.venv / "bin").mkdir(parents=True)

        assert checkout.ensure() == [f"python3 -m venv --clear {checkout.venv}", *checkout.steps]

    def test_a_venv_whose_python_has_gone_is_made_again(self, checkout: Checkout) -> None:
        checkout.ensure()
        (checkout.venv / "bin" / "python").unlink()

        assert checkout.ensure() == [f"python3 -m venv --clear {checkout.venv}", *checkout.steps]

    def test_where_uv_fails_pip_installs_the_same_pins(self, checkout: Checkout) -> None:
        checkout.breaks("uv")

        assert checkout.ensure()[-1] == f"{PIP} {checkout.pins}"

    def test_where_both_fail_it_says_so(self, checkout: Checkout) -> None:
        checkout.ensure()
        checkout.pins.write_text(PINS.replace("2.0", "2.1"))
        checkout.breaks("uv")
        pip_fails = checkout.program("pip-fails", '[ "$3" != --disable-pip-version-check ]')
        shutil.copy(pip_fails, checkout.venv / "bin" / "python")

        with pytest.raises(BootstrapError, match="packages could not be installed"):
            checkout.ensure()

    def test_after_a_failure_the_next_run_tries_again(self, checkout: Checkout) -> None:
        checkout.breaks("venv")
        with pytest.raises(BootstrapError):
            checkout.ensure()
        checkout.mend("venv")

        assert checkout.ensure() == [f"python3 -m venv --clear {checkout.venv}", *checkout.steps]

    def test_a_python_without_venv_is_told_what_to_install(self, checkout: Checkout) -> None:
        checkout.breaks("venv")

        with pytest.raises(BootstrapError, match="sudo apt install python3-venv"):
            checkout.ensure()


class TestChoosingPython:
    def test_the_running_interpreter_comes_first(self) -> None:
        assert find_python() == sys.executable

    def test_an_older_one_is_passed_over_for_a_newer_one_on_path(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        older = checkout.program("old-python", "exit 1")
        newer = checkout.program("python3.12", "exit 0")
        monkeypatch.setattr(bootstrap.sys, "executable", str(older))
        monkeypatch.setattr(bootstrap, "OTHER_PYTHONS", ["/nowhere/python3.14", str(newer)])

        assert find_python() == str(newer)

    def test_without_any_it_says_what_to_install(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap.sys, "executable", str(checkout.program("old", "exit 1")))
        monkeypatch.setattr(bootstrap, "OTHER_PYTHONS", [])

        with pytest.raises(BootstrapError, match=r"needs Python 3\.11 or newer"):
            find_python()

    def test_this_interpreter_is_new_enough(self) -> None:
        assert is_new_enough(sys.executable)

    def test_a_newer_minimum_rules_this_interpreter_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))

        assert not is_new_enough(sys.executable)


class TestTargets:
    def test_words_after_the_target_go_to_its_command(self, checkout: Checkout) -> None:
        checkout.ensure()

        checkout.dev("e2e", "-k", "two words")

        assert checkout.calls()[-1] == "python -m pytest tests/e2e -k two words"

    def test_a_target_finds_the_programs_of_the_venv_first(
        self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        checkout.ensure()
        monkeypatch.setenv("PYTHON", "/somewhere/else/python3")
        shutil.copy(
            checkout.program("show", 'command -v uv; echo "$PYTHON"'),
            checkout.venv / "bin" / "python",
        )

        shown = checkout.dev("test").stdout.splitlines()

        assert shown == [f"{checkout.venv}/bin/uv", f"{checkout.venv}/bin/python"]

    def test_no_target_means_dev(self, checkout: Checkout) -> None:
        checkout.ensure()

        checkout.dev()

        assert checkout.calls()[-1] == "python -m local dev"

    def test_the_exit_status_is_the_commands(self, checkout: Checkout) -> None:
        checkout.ensure()
        checkout.breaks("python")

        assert checkout.dev("test").returncode == 3

    def test_a_target_stops_at_its_first_failing_command(self, checkout: Checkout) -> None:
        checkout.ensure()
        checkout.breaks("python")

        assert checkout.dev("lint").returncode == 3
        assert checkout.calls() == [*checkout.calls()[:-1], "python -m ruff check"]

    def test_an_unknown_target_is_refused(self, checkout: Checkout) -> None:
        answer = checkout.dev("tset")

        assert answer.returncode == 1
        assert answer.stderr == "There is no target 'tset'; `make help` lists them.\n"

    def test_help_lists_what_make_offers(self) -> None:
        shown = subprocess.run(
            [sys.executable, "dev.py", "help"], cwd=ROOT, capture_output=True, text=True
        )
        makefile = (ROOT / "Makefile").read_text().replace("\\\n", "")
        offered = re.search(r"^TARGETS := (.*)$", makefile, re.MULTILINE)

        assert offered is not None
        assert [line.split()[0] for line in shown.stdout.splitlines()] + ["help"] == offered[
            1
        ].split()


@pytest.mark.parametrize(
    "name", ["dev.py", "local/__init__.py", "local/bootstrap.py", "local/screen.py"]
)
def test_python_3_8_can_read_it(name: str) -> None:
    ast.parse((ROOT / name).read_text(), feature_version=(3, 8))


def test_the_real_pins_hold_uv_with_its_hashes() -> None:
    pin = pinned("uv", (ROOT / "requirements-dev.txt").read_text())

    assert re.fullmatch(r"uv==[\d.]+ \\\n(    --hash=sha256:\w{64}( \\)?\n)+", pin)
