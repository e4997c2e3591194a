"""The messages of PlanetScale's edge, as protobuf: `psdb/v1alpha1/database.proto` of
github.com/planetscale/psdb, with `query`, `vtgate` and `vtrpc` of Vitess 21.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pymysql.protocol import FieldDescriptorPacket

UNKNOWN, INVALID_ARGUMENT, PERMISSION_DENIED = 2, 3, 7  # codes of vtrpc

_UNSIGNED, _BINARY, _ENUM, _SET = 32, 128, 256, 2048  # flags of MySQL
_VARINT, _FIXED_64, _BYTES = 0, 1, 2

# Vitess's types by MySQL's, and what a flag makes of them (vitess, `go/sqltypes/type.go`).
_DECIMAL, _TEXT, _TIME, _DATETIME, _TIMESTAMP = 18, 6163, 2063, 2064, 2061
_TYPES = {
    0: _DECIMAL,
    1: 257,
    2: 259,
    3: 263,
    4: 1035,
    5: 1036,
    6: 0,
    7: _TIMESTAMP,
    8: 265,
    9: 261,
    10: 2062,
    11: _TIME,
    12: _DATETIME,
    13: 785,
    15: 6165,
    16: 2073,
    17: _TIMESTAMP,
    18: _DATETIME,
    19: _TIME,
    245: 2078,
    246: _DECIMAL,
    247: 2074,
    248: 2075,
    249: _TEXT,
    250: _TEXT,
    251: _TEXT,
    252: _TEXT,
    253: 6165,
    254: 6167,
}
_CHANGED = {
    _UNSIGNED: {257: 770, 259: 772, 261: 774, 263: 776, 265: 778},
    _BINARY: {6163: 10260, 6165: 10262, 6167: 10264},
    _ENUM: {6167: 2074},
    _SET: {6167: 2075},
}


class Execute(NamedTuple):
    """A statement, and the session that it belongs to ("" in the first one of a connection)."""

    session: bytes
    query: str


class Result(NamedTuple):
    """What MySQL has answered; without `fields`, the statement has no rows."""

    fields: Sequence[FieldDescriptorPacket] = ()
    rows: Sequence[Sequence[bytes | None]] = ()
    affected: int = 0
    insert_id: int = 0


class Refusal(Exception):
    """The edge does not run a statement, or MySQL has refused it; Vitess's code and its text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


def read_execute(message: bytes) -> Execute:
    """An ExecuteRequest. The values that a prepared statement would have are not read."""
    fields = dict(_fields(message))
    session = dict(_fields(fields.get(1, b"")))
    return Execute(session.get(1, b""), fields[2].decode())


def created(branch: str, session: bytes) -> bytes:
    """A CreateSessionResponse."""
    return _message([(1, branch.encode()), (4, _session(session, in_transaction=False))])


def _session(session: bytes, in_transaction: bool) -> bytes:
    """Its id in the place of a signature, and what psdbproxy reads of Vitess's own session."""
    vitess = (1, int(in_transaction)), (4, 1), (6, b"")  # autocommit, and options, which must be
    return _message([(1, session), (2, _message(vitess))])


def executed(session: bytes, result: Result, in_transaction: bool) -> bytes:
    return _message([(1, _session(session, in_transaction)), (2, _result(result))])


def refused(session: bytes, refusal: Refusal, in_transaction: bool) -> bytes:
    error = _message([(2, str(refusal).encode()), (3, refusal.code)])
    return _message([(1, _session(session, in_transaction)), (3, error)])


def _result(result: Result) -> bytes:
    return _message(
        [
            *((1, _column(field)) for field in result.fields),
            (2, result.affected),
            (3, result.insert_id),
            *((4, _row(row)) for row in result.rows),
        ]
    )


def _column(field: FieldDescriptorPacket) -> bytes:
    kind = _TYPES[field.type_code]
    for flag, changed in _CHANGED.items():
        if field.flags & flag:
            kind = changed.get(kind, kind)
    return _message(
        [
            (1, field.name.encode()),
            (2, kind),
            (3, field.table_name.encode()),
            (4, field.org_table.encode()),
            (6, field.org_name.encode()),
            (7, field.length),
            (8, field.charsetnr),
            (9, field.scale),
            (10, field.flags),
        ]
    )


def _row(row: Sequence[bytes | None]) -> bytes:
    """The lengths in zigzag code, -1 for a NULL, and the values one after the other."""
    lengths = b"".join(_varint(1 if value is None else 2 * len(value)) for value in row)
    return _message([(1, lengths), (2, b"".join(value or b"" for value in row))])


def _message(fields: Iterable[tuple[int, int | bytes]]) -> bytes:
    return b"".join(_field(number, value) for number, value in fields)


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | _VARINT) + _varint(value)
    return _varint(number << 3 | _BYTES) + _varint(len(value)) + value


def _varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and the bytes of each field that has bytes; others are passed over."""
    position = 0
    while position < len(message):
        key, position = _read_varint(message, position)
        value, end = position, position + 8
        if key & 7 != _FIXED_64:
            value, end = _read_varint(message, position)
        if key & 7 == _BYTES:
            yield key >> 3, message[end : end + value]
            end += value
        position = end


def _read_varint(message: bytes, position: int) -> tuple[int, int]:
    number, shift = 0, 0
    while True:
        byte = message[position]
        number |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            return number, position
