"""`python -m local guard-runtime`: between `sam build` and `sam deploy`, in `make deploy-aws`.

CloudFormation then refuses to put the package under another runtime than its own, before anything
is changed. It could otherwise happen unnoticed: where a parameter is not named, `sam deploy` keeps
the value that the stack has, whatever the template's default has become.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from local.build.target import CHOICE, BuildError, chosen_runtime

ROOT = Path(__file__).resolve().parents[2]
RULE = "PackageIsForTheRuntime"


def main(arguments: Sequence[str]) -> int:
    """Guard what `sam build` has made; returns 0, or 1 with a reason on standard error."""
    built = _parse(arguments).template
    try:
        add_rule(built, chosen_runtime(ROOT / "template.yaml", os.environ))
    except (BuildError, OSError) as error:
        print(f"The stack is not deployed: {error}", file=sys.stderr)
        return 1
    return 0


def add_rule(built: Path, runtime: str) -> None:
    """Let the built template demand `runtime`. SAM writes it without `!Tags`."""
    template = yaml.safe_load(built.read_text())
    template["Rules"][RULE] = {
        "Assertions": [
            {
                "Assert": {"Fn::Equals": [{"Ref": "Runtime"}, runtime]},
                "AssertDescription": (
                    f"This package is for {runtime}. Deploy it with Runtime={runtime}, or build it "
                    f"for the runtime of the stack: {CHOICE}=... make deploy-aws"
                ),
            }
        ]
    }
    built.write_text(yaml.safe_dump(template, sort_keys=False))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local guard-runtime", description=__doc__)
    parser.add_argument(
        "--template",
        type=Path,
        default=ROOT / ".aws-sam" / "build" / "template.yaml",
        help="what `sam build` wrote",
    )
    return parser.parse_args(arguments)
