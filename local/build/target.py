"""Where a package is to run."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# Names another runtime than the template's own.
CHOICE = "LAMBDA_RUNTIME"


class BuildError(RuntimeError):
    """The package cannot be built; the message says what to do."""


@dataclass(frozen=True)
class Target:
    """Names a platform (uv's name for it, None for this machine) and a Python version."""

    name: str
    python: str
    platform: str | None


def for_lambda(runtime: str) -> Target:
    """Return what a runtime such as `python3.13` is, on the architecture of template.yaml.

    Every one runs on Amazon Linux 2023, whose glibc is 2.34.
    """
    return Target(f"{runtime}-arm64", runtime.removeprefix("python"), "aarch64-manylinux_2_28")


def this_machine() -> Target:
    """Return the platform and Python that this runs on, to try a package without a cloud."""
    return Target("host", f"{sys.version_info.major}.{sys.version_info.minor}", None)


def chosen_runtime(template: Path, environ: Mapping[str, str]) -> str:
    """Return LAMBDA_RUNTIME, else the default of the template's parameter `Runtime`.

    Raises BuildError for one that the template does not allow.
    """
    parameter = _runtime_parameter(template)
    runtime: str = environ.get(CHOICE) or parameter["Default"]
    allowed = parameter["AllowedValues"]
    if runtime not in allowed:
        raise BuildError(f"{CHOICE} has to be {' or '.join(allowed)}, not {runtime!r}")
    return runtime


def _runtime_parameter(template: Path) -> dict[str, Any]:
    document = yaml.load(template.read_text(), Loader=_Loader)  # noqa: S506  a SafeLoader
    parameter: dict[str, Any] = document["Parameters"]["Runtime"]
    return parameter


class _Loader(yaml.SafeLoader):
    """YAML whose `!Tags` (CloudFormation's functions) are left out."""


_Loader.add_multi_constructor("!", lambda *_: None)
