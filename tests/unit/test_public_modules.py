"""The modules of the web app: which layer may import which, and what its pages preload."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PUBLIC = Path(__file__).parents[2] / "public"
APP = PUBLIC / "app"
MODULES = sorted(APP.rglob("*.js"))
PAGES = [page for page in sorted(PUBLIC.glob("*.html")) if "<script" in page.read_text()]

# The folder of a module is its layer; "." is the folder of all layers.
MAY_IMPORT = {
    "pages": {"pages", "ui", "api", "."},
    "ui": {"ui", "."},
    "api": {"api", "."},
    ".": {"."},
}

IMPORT = re.compile(r'\bfrom "(\.[^"]+)"')
TYPE_IMPORT = re.compile(r'\bimport\("(\.[^"]+)"\)')  # in JSDoc
SCRIPT = re.compile(r'<script type="module" src="/(app/[^"]+)"')
PRELOAD = re.compile(r'<link rel="modulepreload" href="/(app/[^"]+)"')


def layer(module: Path) -> str:
    return module.parent.relative_to(APP).as_posix()


def imported(module: Path, pattern: re.Pattern[str]) -> set[Path]:
    return {(module.parent / path).resolve() for path in pattern.findall(module.read_text())}


def imported_in_turn(module: Path) -> set[Path]:
    """What the browser loads before it runs the module."""
    found: set[Path] = set()
    waiting = {module}
    while waiting:
        new = imported(waiting.pop(), IMPORT) - found
        found |= new
        waiting |= new
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(APP).as_posix())
def test_imports_point_downwards(module):
    layers = {layer(path) for path in imported(module, IMPORT) | imported(module, TYPE_IMPORT)}

    assert layers - MAY_IMPORT[layer(module)] == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_preloads_exactly_what_its_script_imports(page):
    html = page.read_text()
    [script] = SCRIPT.findall(html)

    preloaded = {PUBLIC / path for path in PRELOAD.findall(html)}

    assert preloaded == imported_in_turn(PUBLIC / script)
