"""Reading S2, the compression in which pscale sends its statements to the edge.

Sources: the framing format of Snappy, which S2 extends, and klauspost/compress 1.18, `s2`.
"""

from __future__ import annotations

from collections.abc import Iterator

_COMPRESSED, _PLAIN, _FIRST_SKIPPABLE = 0x00, 0x01, 0x80
_CHECKSUM = 4  # bytes
_REPEAT_LENGTHS = {5: (1, 4), 6: (2, 0x100), 7: (3, 0x10000)}  # bytes that follow, and what to add


def decompressed(stream: bytes) -> bytes:
    """The content of a stream; raises ValueError for what is none. Checksums are not checked."""
    return b"".join(_chunks(stream))


def _chunks(stream: bytes) -> Iterator[bytes]:
    position = 0
    while position < len(stream):
        kind = stream[position]
        end = position + 4 + int.from_bytes(stream[position + 1 : position + 4], "little")
        body = stream[position + 4 : end]
        if kind == _COMPRESSED:
            yield _block(body[_CHECKSUM:])
        elif kind == _PLAIN:
            yield body[_CHECKSUM:]
        elif kind < _FIRST_SKIPPABLE:
            raise ValueError(f"a chunk of an unknown kind, {kind}")
        position = end


def _block(block: bytes) -> bytes:
    """Literals, and copies of what came before them; a repeat has the offset of the last copy."""
    position = next(i for i, byte in enumerate(block) if byte < 0x80) + 1  # after the size
    content, offset = bytearray(), 0
    while position < len(block):
        tag = block[position]
        position += 1
        if tag & 3 == 0:
            size = tag >> 2
            extra = max(size - 59, 0)
            if extra:
                size = int.from_bytes(block[position : position + extra], "little")
            position += extra
            content += block[position : position + size + 1]
            position += size + 1
            continue
        if tag & 3 == 1:
            length, near = tag >> 2 & 7, (tag & 0xE0) << 3 | block[position]
            position += 1
            if not near and length in _REPEAT_LENGTHS:
                extra, more = _REPEAT_LENGTHS[length]
                length = int.from_bytes(block[position : position + extra], "little") + more
                position += extra
            offset, length = near or offset, length + 4
        else:
            extra = 2 if tag & 3 == 2 else 4
            offset = int.from_bytes(block[position : position + extra], "little")
            length = (tag >> 2) + 1
            position += extra
        for _ in range(length):
            content.append(content[-offset])
    return bytes(content)
