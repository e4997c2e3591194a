"""`make fidelity`: what the last runs with real parts have found, into docs/fidelity.md."""

from __future__ import annotations

from tests.fidelity import page, records
from tests.fidelity.parts import PARTS


def main() -> None:
    """Take the newer records, say which, and write the page."""
    made = {key: one for key, one in records.read(records.MADE).items() if key in PARTS}
    found = records.newer(made, records.read(records.KEPT))
    for key, record in found.items():
        records.write(records.KEPT, key, record)
        print(f"{PARTS[key].name}: {page.checks(record)}")
    if not found:
        print(f"No run has left a newer record in {records.MADE.relative_to(records.ROOT)}.")
    page.write()


if __name__ == "__main__":
    main()
