"""The authorities that a package brings along, each in a file by which OpenSSL finds it.

They are those of certifi, which is in the package for requests. `shared/tls.py` says when they
count. Read without the library cryptography, which is about to refuse some of their serial numbers.
"""

from __future__ import annotations

import hashlib
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = "authorities"
PEM = re.compile(r"-----BEGIN CERTIFICATE-----\n.+?\n-----END CERTIFICATE-----\n", re.DOTALL)
# Tags of DER (X.690, 8.1.2 and 8.14), and how each kind of text is encoded (X.680, 8.4).
SEQUENCE, SET, VERSION, UTF8_STRING = 0x30, 0x31, 0xA0, 0x0C
TEXTS = {
    UTF8_STRING: "utf-8",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}


class Element(NamedTuple):
    """One element of DER."""

    tag: int
    content: bytes


def add_authorities(package: Path) -> None:
    """Write `authorities/<hash>.<number>` for every authority of the package's certifi."""
    folder = package / FOLDER
    folder.mkdir()
    found: Counter[str] = Counter()
    for authority in PEM.findall((package / "certifi" / "cacert.pem").read_text()):
        name = subject_hash(ssl.PEM_cert_to_DER_cert(authority))
        (folder / f"{name}.{found[name]}").write_text(authority)
        found[name] += 1


def subject_hash(certificate: bytes) -> str:
    """Return what `openssl x509 -hash` prints: four bytes of the canonical subject's SHA-1.

    Source: OpenSSL 3, crypto/x509/x509_cmp.c (X509_NAME_hash_ex) and x_name.c (x509_name_canon).
    """
    canonical = b"".join(
        _der(SET, b"".join(sorted(_attribute(one.content) for one in _elements(part.content))))
        for part in _elements(_subject(certificate))
    )
    digest = hashlib.sha1(canonical, usedforsecurity=False).digest()
    return digest[3::-1].hex()


def _subject(certificate: bytes) -> bytes:
    """Serial number, algorithm, issuer, validity, subject; before them perhaps a version.

    Source: RFC 5280, 4.1.
    """
    [whole] = _elements(certificate)
    signed = next(_elements(whole.content))
    fields = [field for field in _elements(signed.content) if field.tag != VERSION]
    return fields[4].content


def _attribute(pair: bytes) -> bytes:
    """Every kind of text becomes UTF-8 in small letters, with one space in place of several."""
    kind, value = _elements(pair)
    if value.tag in TEXTS:
        text = value.content.decode(TEXTS[value.tag]).encode()
        value = Element(UTF8_STRING, b" ".join(text.lower().split()))
    return _der(SEQUENCE, _der(*kind) + _der(*value))


def _elements(encoded: bytes) -> Iterator[Element]:
    while encoded:
        tag, length, start = encoded[0], encoded[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(encoded[2:start])
        yield Element(tag, encoded[start : start + length])
        encoded = encoded[start + length :]


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(size)]) + size + content
