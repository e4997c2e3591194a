"""Where a package is to run."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A platform and a Python version; `platform` is uv's name for it, None for this machine."""

    name: str
    python: str
    platform: str | None


LAMBDA = Target("arm64", "3.13", "aarch64-manylinux_2_28")
"""Runtime and architecture of template.yaml: Amazon Linux 2023, whose glibc is 2.34."""


def this_machine() -> Target:
    """The platform and Python that this runs on, to try a package without a cloud."""
    return Target("host", f"{sys.version_info.major}.{sys.version_info.minor}", None)
