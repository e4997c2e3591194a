"""tests/planetscale/s2.py reads what klauspost/compress writes, and what its format allows."""

from __future__ import annotations

import pytest

from tests.planetscale.s2 import decompressed

HEAD = b"\xff\x06\x00\x00S2sTwO"
CHECKSUM = bytes(4)


def chunk(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "little") + body


def compressed(size: int, block: bytes) -> bytes:
    return HEAD + chunk(0, CHECKSUM + bytes([size]) + block)


@pytest.mark.parametrize(
    ("stream", "content"),
    [
        (b"", b""),
        (HEAD + chunk(1, CHECKSUM + b"plain"), b"plain"),
        (HEAD + chunk(0xFE, b"padding") + chunk(1, CHECKSUM + b"a"), b"a"),
        (compressed(3, b"\x08abc"), b"abc"),
        (compressed(61, b"\xf0\x3c" + b"x" * 61), b"x" * 61),
        (compressed(6, b"\x04ab" + b"\x01\x02"), b"ababab"),
        (compressed(5, b"\x04ab" + b"\x0a\x02\x00"), b"ababa"),
        (compressed(5, b"\x04ab" + b"\x0b\x02\x00\x00\x00"), b"ababa"),
        (compressed(10, b"\x04ab" + b"\x01\x02" + b"\x01\x00"), b"ab" * 5),
        (compressed(16, b"\x04ab" + b"\x01\x02" + b"\x15\x00\x02"), b"ab" * 8),
    ],
    ids=[
        "nothing",
        "a chunk as it is",
        "a chunk to skip",
        "a literal",
        "a long literal",
        "a copy from near",
        "a copy from further",
        "a copy from far",
        "the last copy again",
        "the last copy again, longer",
    ],
)
def test_a_stream_is_read(stream: bytes, content: bytes) -> None:
    assert decompressed(stream) == content


def test_a_chunk_that_must_not_be_skipped_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind, 2"):
        decompressed(HEAD + chunk(2, b""))
