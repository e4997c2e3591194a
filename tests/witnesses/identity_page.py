"""The table in docs/fidelity.md of what differs between our Identity and GoTrue, from the tests.

`python -m tests.witnesses.identity_page` writes it.
"""

from __future__ import annotations

import re

from tests.contract.identity.under_test import DIFFERENCES
from tests.witnesses.scaling_page import DOCS

PAGE = DOCS / "fidelity.md"
HEAD = "| our emulator | GoTrue | why it stays |\n|---|---|---|\n"


def table() -> str:
    rows = (f"| {one.here} | {one.gotrue} | {one.reason} |\n" for one in DIFFERENCES)
    return HEAD + "".join(rows)


def main() -> None:
    written = re.sub(rf"{re.escape(HEAD)}(\|.*\n)*", lambda _: table(), PAGE.read_text())
    PAGE.write_text(written)


if __name__ == "__main__":
    main()
