"""docs/fidelity.md lists what differs between our Identity and GoTrue as the tests know it."""

from __future__ import annotations

from tests.witnesses import identity_page


def test_the_page_has_every_difference() -> None:
    assert f"\n{identity_page.table()}\n" in identity_page.PAGE.read_text()
