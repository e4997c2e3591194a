"""The keys that sign a project's tokens, and their public half (RFC 7517)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

from local.kit.clock import Clock
from local.kit.store import Document, Store
from local.stytch.ids import new_id

_OVERLAP_SECONDS = 30 * 24 * 3600  # both keys are published for a month (Stytch, Get JWKS)
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class SigningKey:
    kid: str
    private_pem: str

    @property
    def private(self) -> rsa.RSAPrivateKey:
        return _loaded(self.private_pem)


class SigningKeys:
    """Holds the key that signs, and those before it, published for a month after their rotation."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._keys = store.collection("stytch_signing_keys")
        self._clock = clock
        if next(self._keys.find(retires_at=None), None) is None:
            self._add()

    def current(self) -> SigningKey:
        key = next(self._keys.find(retires_at=None))
        return SigningKey(key["kid"], key["private_pem"])

    def rotate(self) -> str:
        """Sign with a new key from now on; returns its `kid`."""
        for key in self._keys.find(retires_at=None):
            retires_at = self._clock.now() + _OVERLAP_SECONDS
            self._keys.put(key["kid"], key | {"retires_at": retires_at})
        return self._add()

    def jwks(self) -> list[Document]:
        """Return the published keys, oldest first."""
        return [key["public"] for key in self._published()]

    def _published(self) -> Iterator[Document]:
        now = self._clock.now()
        return (
            key for key in self._keys.find() if key["retires_at"] is None or key["retires_at"] > now
        )

    def _add(self) -> str:
        kid = new_id("jwk")
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        document = {
            "kid": kid,
            "private_pem": pem.decode(),
            "public": _public_jwk(private, kid),
            "retires_at": None,
        }
        self._keys.put(kid, document)
        return kid


@cache
def _loaded(private_pem: str) -> rsa.RSAPrivateKey:
    """Load a key once: its numbers are checked then, which takes longer than a signature."""
    return cast("rsa.RSAPrivateKey", serialization.load_pem_private_key(private_pem.encode(), None))


def _public_jwk(private: rsa.RSAPrivateKey, kid: str) -> Document:
    """Return the fields of Stytch's reply, which spells the thumbprint `x5tS256`, without `#`."""
    numbers = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
    certificate = _self_signed(private, kid)
    der = certificate.public_bytes(serialization.Encoding.DER)
    thumbprint = base64.urlsafe_b64encode(certificate.fingerprint(hashes.SHA256()))
    return {
        "kty": "RSA",
        "use": "sig",
        "key_ops": ["verify"],
        "alg": "RS256",
        "kid": kid,
        "x5c": [base64.b64encode(der).decode()],
        "x5tS256": thumbprint.decode().rstrip("="),
        "n": numbers["n"],
        "e": numbers["e"],
    }


def _self_signed(private: rsa.RSAPrivateKey, kid: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kid)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(_NEVER)
        .sign(private, hashes.SHA256())
    )
