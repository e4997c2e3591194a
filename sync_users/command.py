"""What `make sync-users` does, from its arguments to its exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from shared.auth import netlify
from shared.auth.client_context import Identity
from shared.errors import IdentityUnavailable, LatchkeyError
from shared.settings.settings import SettingsError, settings
from sync_users import applying, identity_users, progress, rows, stytch_users
from sync_users.applying import Operator
from sync_users.differences import Difference, Kind, Known, differences
from sync_users.record import Record
from sync_users.rows import Row
from sync_users.table import table

MOST_REMOVED = 10  # one row in so many, unless somebody really means it
PAST: Mapping[Kind, str] = {
    "add": "added",
    "claim": "claimed",
    "change": "changed",
    "remove": "removed",
}
NO_OPERATOR = (
    "Identity is left out: nobody here may list its users. Set NETLIFY_IDENTITY_SECRET, or where "
    "nobody knows that, IDENTITY_OPERATOR_TOKEN (docs/deploy.md)."
)


def main(arguments: Sequence[str]) -> int:
    """Answers 0, or 1 after saying what is wrong."""
    options = _parse(arguments)
    try:
        operator = _operator()
        own_rows, records = _rows(operator), list(_records(operator))
        deleted = rows.find_deleted([record.principal_id for record in records])
        known = Known(own_rows, deleted, settings().signup == "open")
        found = differences(known, records)
        if options.dry_run:
            return _show(found)
        if not options.yes_really and _removes_too_many(found, own_rows):
            return _refuse(found, own_rows)
        return _apply(found, operator)
    except (LatchkeyError, SettingsError) as error:
        return _fail(f"{_sentence(error)} What was done stays done; run it again to go on.")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make sync-users", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="only show what differs")
    parser.add_argument(
        "--yes-really", action="store_true", help="remove more than a tenth of the rows"
    )
    return parser.parse_args(arguments)


def _operator() -> Operator | None:
    """What gives the instance and a token for its admin API; None where there is none."""
    url, token = settings().netlify_identity_url, os.environ.get("IDENTITY_OPERATOR_TOKEN")
    if not settings().has_identity:
        return None
    if token:
        return lambda: Identity(url, token)
    if netlify.configured_identity() is None:
        print(NO_OPERATOR, file=sys.stderr)
        return None
    return _configured_identity


def _configured_identity() -> Identity:
    """The instance, with a new token: one lives for a minute."""
    identity = netlify.configured_identity()
    if identity is None:
        raise IdentityUnavailable
    return identity


def _records(operator: Operator | None) -> Iterator[Record]:
    """Everybody whom the providers list."""
    sources: list[tuple[str, Iterator[list[Record]]]] = []
    if settings().has_stytch:
        sources.append(("Stytch", stytch_users.pages()))
    if operator is not None:
        sources.append(("Identity", identity_users.pages(operator)))
    for name, pages in sources:
        count = 0
        for page in pages:
            count += len(page)
            progress.show_read(name, count)
            yield from page
        progress.end_line()


def _rows(operator: Operator | None) -> list[Row]:
    """The rows of the providers that are asked."""
    stytch = {"stytch"} if settings().has_stytch else set()
    providers = stytch | ({"netlify"} if operator else set())
    return [row for row in rows.find_all() if row.provider in providers]


def _removes_too_many(found: Sequence[Difference], own_rows: Sequence[Row]) -> bool:
    return _removals(found) * MOST_REMOVED > len(own_rows)


def _removals(found: Sequence[Difference]) -> int:
    return sum(one.kind == "remove" for one in found)


def _show(found: Sequence[Difference]) -> int:
    for line in table(found) if found else ["Nothing differs."]:
        print(line)
    return 0


def _refuse(found: Sequence[Difference], own_rows: Sequence[Row]) -> int:
    return _fail(
        f"{_removals(found):,} of {len(own_rows):,} rows would be removed, more than a tenth, so "
        "nothing was changed. Look at them with --dry-run; if that is right, add --yes-really."
    )


def _apply(found: Sequence[Difference], operator: Operator | None) -> int:
    for done in applying.apply(found, operator):
        progress.show_done(done, len(found))
    counts = Counter(one.kind for one in found)
    print(", ".join(f"{counts[kind]:,} {past}" for kind, past in PAST.items()) + ".")
    return 0


def _sentence(error: Exception) -> str:
    return error.detail if isinstance(error, LatchkeyError) else f"{error}."


def _fail(what: str) -> int:
    print(what, file=sys.stderr)
    return 1
