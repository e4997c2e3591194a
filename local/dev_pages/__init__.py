"""`/_dev/`: status, health and the mail of the local cloud."""

from local.dev_pages.app import create_app
from local.dev_pages.health import Health, Probe

__all__ = ["Health", "Probe", "create_app"]
