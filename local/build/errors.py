"""Why there is no package."""

from __future__ import annotations


class BuildError(RuntimeError):
    """The package cannot be built; the message says what to do."""
