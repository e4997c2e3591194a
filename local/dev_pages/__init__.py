"""`/_dev/`: the pages of the local cloud, where a developer sees and controls it."""

from local.dev_pages.app import create_app
from local.dev_pages.dev_cloud import DevCloud, Emulator
from local.dev_pages.health import Health, Probe
from local.dev_pages.live import Live
from local.dev_pages.requests.book import Book

__all__ = ["Book", "DevCloud", "Emulator", "Health", "Live", "Probe", "create_app"]
