"""`python -m local doctor`: check this machine and the settings, and say what to do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from local import stack
from local.doctor.aws import check_aws
from local.doctor.database import check_database
from local.doctor.finding import Check, Finding, Level
from local.doctor.identity import check_identity
from local.doctor.machine import check_ports, check_programs, check_python, check_state
from local.doctor.package import check_package
from local.doctor.providers import check_providers
from local.doctor.stytch import check_stytch
from local.settings import SettingsError, load_settings

MARKS: Mapping[Level, str] = {"ok": "ok     ", "note": "note   ", "problem": "PROBLEM"}
INDENT = " " * 24

# In the order in which their failures explain each other.
CHECKS: Mapping[str, Check] = {
    "Python": check_python,
    "Ports": check_ports,
    "State": check_state,
    "Database": check_database,
    "Providers": check_providers,
    "Stytch": check_stytch,
    "Identity": check_identity,
    "AWS": check_aws,
    "Package": check_package,
    "Programs": check_programs,
}


def main(arguments: Sequence[str]) -> int:
    """Run every check; returns 1 when one of them finds a problem, else 0."""
    parser = argparse.ArgumentParser(prog="python -m local doctor", description=__doc__)
    stack.add_state_option(parser)
    state_dir = stack.chosen_folder(parser.parse_args(arguments).state, os.environ)
    try:
        settings = load_settings(stack.ROOT, state_dir, os.environ)
    except SettingsError as error:
        print(f"A setting cannot be used: {error}", file=sys.stderr)
        return 1
    problems = 0
    for area, check in CHECKS.items():
        for finding in check(settings):
            print(line(area, finding), flush=True)
            problems += finding.level == "problem"
    print(verdict(problems))
    return 1 if problems else 0


def line(area: str, finding: Finding) -> str:
    """Return `PROBLEM  Stytch       what was found`, with the advice below it."""
    said = f"{MARKS[finding.level]}  {area:<13}  {finding.what}"
    return f"{said}\n{INDENT} {finding.advice}" if finding.advice else said


def verdict(problems: int) -> str:
    match problems:
        case 0:
            return "\nAll is well."
        case 1:
            return "\n1 problem."
        case _:
            return f"\n{problems} problems."
