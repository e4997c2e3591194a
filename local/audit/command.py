"""`python -m local audit`: what is known to be wrong with the pinned packages, by pip-audit.

Asks the registry (PyPI), and where it does not answer, advisories in a folder. Ends with 0 when all
pins were asked about and nothing is known, 1 when something is, and 2 when that is not known.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from local.audit import osv_service
from local.audit.scanner import NotAsked, Report, scan
from local.audit.snapshot import read_snapshot
from local.kit.pins import Pin, read_pins

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
CLEAN, VULNERABLE, NOT_KNOWN = 0, 1, 2
NOBODY = """\
Nobody could be asked, so nothing is known about the {count} pins. Try again with a network, or get
the advisories and name their folder:
  git clone --depth 1 https://github.com/pypa/advisory-database
  make audit ARGS="--advisories advisory-database\""""

Source = Callable[[Sequence[Pin]], tuple[str, Report]]


def main(arguments: Sequence[str]) -> int:
    """Ask one source after the other until one answers; returns the status."""
    options = _parse(arguments)
    pins = pins_of(options.requirements or [ROOT / name for name in REQUIREMENTS])
    for name, ask in _sources(options):
        try:
            asked, report = ask(pins)
        except NotAsked as error:
            print(f"Not asked: {name}: {error}", file=sys.stderr)
        else:
            return _tell(report, f"{len(pins)} pins, asked: {asked}")
    print(NOBODY.format(count=len(pins)), file=sys.stderr)
    return NOT_KNOWN


def pins_of(files: Sequence[Path]) -> list[Pin]:
    """Return name and version of what the files pin, each pair once."""
    return sorted({Pin(pin.name, pin.version) for file in files for pin in read_pins(file)})


def ask_registry(pins: Sequence[Pin]) -> tuple[str, Report]:
    """Ask PyPI about the pins; raises NotAsked."""
    return "the registry, pypi.org", scan(pins, ["--vulnerability-service", "pypi"])


def ask_snapshot(folder: Path) -> Source:
    """Return what asks the advisories in a folder."""

    def ask(pins: Sequence[Pin]) -> tuple[str, Report]:
        snapshot = read_snapshot(folder)
        with osv_service.serve(snapshot) as url:
            report = scan(pins, ["--vulnerability-service", "osv", "--osv-url", url])
        return f"{folder}, whose newest advisory is of {snapshot.newest[:10]}", report

    return ask


def _sources(options: argparse.Namespace) -> Iterator[tuple[str, Source]]:
    if not options.offline:
        yield "the registry, pypi.org", ask_registry
    if options.advisories:
        yield str(options.advisories), ask_snapshot(options.advisories)


def _tell(report: Report, asked: str) -> int:
    for finding in report.findings:
        print(f"{finding.pin}: {finding.advisory}; fixed in {finding.fixed_in}")
    for pin in report.unknown:
        print(f"{pin}: not known there, so nothing is known about it")
    print(asked)
    if report.findings:
        return VULNERABLE
    if report.unknown:
        return NOT_KNOWN
    print("No vulnerability is known there.")
    return CLEAN


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local audit", description=__doc__)
    parser.add_argument("--advisories", type=Path, help="folder with advisories in OSV's format")
    parser.add_argument("--offline", action="store_true", help="do not ask the registry")
    parser.add_argument(
        "requirements", nargs="*", type=Path, help="files of pins, instead of the project's own"
    )
    return parser.parse_args(arguments)
