"""docs/fidelity.md says what the tests know: what differs from GoTrue, and which SDK was run."""

from __future__ import annotations

import json
from pathlib import Path

from tests.witnesses import identity_page

STYTCH_CLIENTS = Path(__file__).parents[1] / "clients/stytch/package.json"


def test_the_page_has_every_difference() -> None:
    assert f"\n{identity_page.table()}\n" in identity_page.PAGE.read_text()


def test_the_page_names_the_version_of_stytchs_sdk() -> None:
    version = json.loads(STYTCH_CLIENTS.read_text())["devDependencies"]["@stytch/vanilla-js"]

    assert f"| `@stytch/vanilla-js` {version}, unmodified |" in identity_page.PAGE.read_text()
