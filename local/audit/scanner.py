"""One run of pip-audit, and whether whoever it asked knows anything.

pip-audit takes "never heard of it" for "no vulnerability is known", and then succeeds. So each run
also asks about a version that everybody warns of; who does not is not believed about the others.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from local.kit.pins import Pin, normalised

# PYSEC-2014-8, PYSEC-2019-217, PYSEC-2021-66 and others.
CONTROL = Pin("jinja2", "2.4.1")


class NotAsked(Exception):
    """Nobody has answered for the pins; the message says why."""


class Finding(NamedTuple):
    """An advisory about a pin, and the versions that mend it."""

    pin: str
    advisory: str
    fixed_in: str


class Report(NamedTuple):
    """What is known to be wrong, and about which pins nothing could be learned."""

    findings: list[Finding]
    unknown: list[str]


def scan(pins: Sequence[Pin], service: Sequence[str]) -> Report:
    """Ask a service, given as pip-audit's options, about all pins; raises NotAsked."""
    control = _same(_run_pip_audit([CONTROL], service), CONTROL)
    if not (control and control["vulns"]):
        raise NotAsked(f"it has no advisory about {_title(CONTROL)}, about which there are many")
    answers = [answer for batch in _batches(pins) for answer in _run_pip_audit(batch, service)]
    asked = [(pin, _same(answers, pin)) for pin in pins]
    return Report(
        [finding for pin, answer in asked if answer for finding in _findings(pin, answer)],
        [_title(pin) for pin, answer in asked if not answer],
    )


def _batches(pins: Iterable[Pin]) -> list[list[Pin]]:
    """Return the pins so that none names a distribution twice, which pip-audit refuses."""
    batches: list[list[Pin]] = []
    for _, versions in itertools.groupby(sorted(pins), key=lambda pin: pin.name):
        for n, pin in enumerate(versions):
            if n == len(batches):
                batches.append([])
            batches[n].append(pin)
    return batches


def _run_pip_audit(pins: Sequence[Pin], service: Sequence[str]) -> list[dict[str, Any]]:
    """Ask about versions without their markers, so about the pins of other platforms as well."""
    with tempfile.TemporaryDirectory(prefix="latchkey-audit-") as folder:
        requirements, output = Path(folder) / "requirements.txt", Path(folder) / "answers.json"
        requirements.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in pins))
        command = [
            *(sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip"),
            *("--progress-spinner", "off", "--cache-dir", f"{folder}/cache"),
            *("--format", "json", "--output", str(output), *service),
            *("--requirement", str(requirements)),
        ]
        done = subprocess.run(command, env=_direct_to_loopback(), capture_output=True, text=True)
        if not output.exists():
            raise NotAsked((done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1])
        answers: list[dict[str, Any]] = json.loads(output.read_text())["dependencies"]
        return answers


def _direct_to_loopback() -> dict[str, str]:
    return os.environ | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


def _same(answers: Iterable[dict[str, Any]], pin: Pin) -> dict[str, Any] | None:
    """Return what was answered about a pin; None where it was skipped, which has no version."""
    wanted = (normalised(pin.name), pin.version)
    matching = (
        each for each in answers if (normalised(each["name"]), each.get("version")) == wanted
    )
    return next(matching, None)


def _findings(pin: Pin, answer: dict[str, Any]) -> list[Finding]:
    return [
        Finding(
            _title(pin),
            " ".join([vulnerability["id"], *vulnerability["aliases"]]),
            ", ".join(vulnerability["fix_versions"]) or "no version yet",
        )
        for vulnerability in answer["vulns"]
    ]


def _title(pin: Pin) -> str:
    return f"{pin.name} {pin.version}"
