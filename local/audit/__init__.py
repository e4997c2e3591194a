"""Known vulnerabilities of what is pinned, and who could be asked about them."""

from local.audit.command import main

__all__ = ["main"]
