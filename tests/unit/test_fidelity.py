"""docs/fidelity.md says what the tests know: what differs, and which version has judged."""

from __future__ import annotations

import json
from pathlib import Path

from tests.witnesses import identity_page
from tests.witnesses.planner import vitess_version

STYTCH_CLIENTS = Path(__file__).parents[1] / "clients/stytch/package.json"


def test_the_page_has_every_difference() -> None:
    assert f"\n{identity_page.table()}\n" in identity_page.PAGE.read_text()


def test_the_page_names_the_version_of_stytchs_sdk() -> None:
    version = json.loads(STYTCH_CLIENTS.read_text())["devDependencies"]["@stytch/vanilla-js"]

    assert f"| `@stytch/vanilla-js` {version}, unmodified |" in identity_page.PAGE.read_text()


def test_the_page_names_the_vitess_that_the_tests_run_through() -> None:
    row = f"| Vitess itself: vtgate over tablets | {vitess_version()}, over MySQL "

    assert row in identity_page.PAGE.read_text()
