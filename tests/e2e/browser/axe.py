"""What axe finds on a page against WCAG 2.2, levels A and AA, and against its best practices."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page) -> list[str]:
    """Each violated rule with the elements that violate it."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}}).response
    return [
        f"{rule['id']}: {', '.join(node['html'] for node in rule['nodes'])}"
        for rule in found["violations"]
    ]
