"""Where a package is to run."""

from __future__ import annotations

import sys
from dataclasses import dataclass


class BuildError(RuntimeError):
    """The package cannot be built; the message says what to do."""


@dataclass(frozen=True)
class Target:
    """Names a platform (uv's name for it, None for this machine) and a Python version."""

    name: str
    python: str
    platform: str | None


# Runtime and architecture of template.yaml: Amazon Linux 2023, whose glibc is 2.34.
LAMBDA = Target("arm64", "3.13", "aarch64-manylinux_2_28")


def this_machine() -> Target:
    """Return the platform and Python that this runs on, to try a package without a cloud."""
    return Target("host", f"{sys.version_info.major}.{sys.version_info.minor}", None)
