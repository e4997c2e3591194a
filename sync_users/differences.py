"""What differs between the users table and the providers: nothing is asked or changed here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from sync_users.record import Record
from sync_users.rows import Row

Kind = Literal["add", "claim", "change", "remove"]


class Difference(NamedTuple):
    """`row` is None for a user who has none, `record` for one whom the provider does not list."""

    kind: Kind
    principal_id: str
    row: Row | None
    record: Record | None


class Known(NamedTuple):
    """What the database knows: the rows, the accounts that were deleted, and who may join."""

    rows: Sequence[Row]
    deleted: Collection[str]
    is_open: bool


def differences(known: Known, records: Sequence[Record]) -> list[Difference]:
    """All of them: first what to remove, so that its addresses are free, then the others.

    Rows that nobody has claimed are invitations: they stay. Who was deleted here gets no row again.
    """
    return [*_to_remove(known.rows, records), *_to_follow(known, records)]


def _to_remove(rows: Sequence[Row], records: Iterable[Record]) -> Iterator[Difference]:
    listed = {record.principal_id: record for record in records}
    for row in rows:
        principal_id = row.principal_id
        record = listed.get(principal_id or "")
        if principal_id and (record is None or record.person is None):
            yield Difference("remove", principal_id, row, record)


def _to_follow(known: Known, records: Iterable[Record]) -> Iterator[Difference]:
    by_principal = {row.principal_id: row for row in known.rows if row.principal_id}
    by_address = {(row.provider, row.email): row for row in known.rows}
    for record in records:
        person = record.person
        if person is None or record.principal_id in known.deleted:
            continue
        own = by_principal.get(record.principal_id)
        at_address = by_address.get((record.provider, person.email))
        if own is not None:
            has_name = person.name != person.email
            if own.email != person.email or (has_name and own.name != person.name):
                yield Difference("change", record.principal_id, own, record)
        elif at_address is not None and at_address.principal_id is None:
            yield Difference("claim", record.principal_id, at_address, record)
        elif known.is_open or at_address is not None:
            yield Difference("add", record.principal_id, None, record)
