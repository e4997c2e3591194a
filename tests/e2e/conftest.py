"""One real Chromium for all that needs a browser.

Without Chromium such tests are skipped, unless `REQUIRE_E2E=1` makes that a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        give_up(f"no Chromium on PATH (looked for {', '.join(CHROMIUM_NAMES)})")
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=executable, args=sandbox)
        yield chromium
        chromium.close()


def give_up(reason: str) -> None:
    """Skip, or fail where everything is required."""
    refuse = pytest.fail if os.environ.get("REQUIRE_E2E") == "1" else pytest.skip
    refuse(reason)
