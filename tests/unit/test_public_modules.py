"""The modules of the web app: which layer may import which, and what its pages preload."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PUBLIC = Path(__file__).parents[2] / "public"
APP = PUBLIC / "app"
FOR_FRONT_ENDS = PUBLIC / "latchkey.js"
MODULES = [FOR_FRONT_ENDS, *sorted(APP.rglob("*.js"))]
PAGES = [page for page in sorted(PUBLIC.glob("*.html")) if "<script" in page.read_text()]

# The folder of a module below app/ is its layer, app/ itself that of all layers.
MAY_IMPORT = {
    "app/pages": {"app/pages", "app/ui", "app/api", "app"},
    "app/ui": {"app/ui", "app"},
    "app/api": {"app/api", "app", "."},
    "app": {"app", "."},
    ".": {"."},
}
# The local cloud is no function: whether it is there is asked without the module for calls.
MAY_FETCH = {FOR_FRONT_ENDS, APP / "pages/local-cloud.js"}

IMPORT = re.compile(r'^(?! \*).*\bfrom "(\.[^"]+)"', re.MULTILINE)
TYPE_IMPORT = re.compile(r'\bimport\("(\.[^"]+)"\)|@import .* from "(\.[^"]+)"')  # in JSDoc
SCRIPT = re.compile(r'<script type="module" src="/(app/[^"]+)"')
PRELOAD = re.compile(r'<link rel="modulepreload" href="/([^"]+)"')


def layer(module: Path) -> str:
    return module.parent.relative_to(PUBLIC).as_posix()


def imported(module: Path, pattern: re.Pattern[str]) -> set[Path]:
    found = pattern.finditer(module.read_text())
    return {(module.parent / match[match.lastindex or 0]).resolve() for match in found}


def imported_in_turn(module: Path) -> set[Path]:
    """What the browser loads before it runs the module."""
    found: set[Path] = set()
    waiting = {module}
    while waiting:
        new = imported(waiting.pop(), IMPORT) - found
        found |= new
        waiting |= new
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PUBLIC).as_posix())
def test_imports_point_downwards(module):
    layers = {layer(path) for path in imported(module, IMPORT) | imported(module, TYPE_IMPORT)}

    assert layers - MAY_IMPORT[layer(module)] == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_preloads_exactly_what_its_script_imports(page):
    html = page.read_text()
    [script] = SCRIPT.findall(html)

    preloaded = {PUBLIC / path for path in PRELOAD.findall(html)}

    assert preloaded == imported_in_turn(PUBLIC / script)


def test_every_call_of_a_function_goes_through_the_module_for_front_ends():
    assert {module for module in MODULES if "fetch(" in module.read_text()} == MAY_FETCH
