"""`python -m local build`: the package for Lambda as a folder and a zip, its SBOM and size."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from local.build.bytecode import find_python
from local.build.package import build_package
from local.build.size_report import size_report
from local.build.target import BuildError, Target, chosen_runtime, for_lambda, this_machine

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_BYTECODE = """\
No Python {version} was found, so the package has no bytecode, and cold starts take twice as long.
Install one (`.venv/bin/uv python install {version}` does), or name one with BUILD_PYTHON."""


def main(arguments: Sequence[str]) -> int:
    """Build; returns 0, or 1 with a reason on standard error."""
    options = _parse(arguments)
    try:
        target = this_machine() if options.host else _target_on_lambda()
        python = find_python(target.python, os.environ)
        package = build_package(ROOT, target, python, options.output.resolve())
        report = size_report(package)
    except BuildError as error:
        print(f"There is no package: {error}", file=sys.stderr)
        return 1
    if python is None:
        print(WITHOUT_BYTECODE.format(version=target.python), file=sys.stderr)
    print(report)
    print(f"{package.sbom}  what is in it (CycloneDX 1.6)")
    return 0


def _target_on_lambda() -> Target:
    return for_lambda(chosen_runtime(ROOT / "template.yaml", os.environ))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local build", description=__doc__)
    parser.add_argument(
        "--host", action="store_true", help="for this machine and its Python instead of Lambda"
    )
    parser.add_argument("--output", type=Path, default=ROOT / "build", help="folder for the result")
    return parser.parse_args(arguments)
