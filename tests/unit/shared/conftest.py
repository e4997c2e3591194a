from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.shared.configuration import forget_the_process
from tests.unit.shared.signing import SigningKey


@pytest.fixture(scope="session")
def stytch_key() -> SigningKey:
    return SigningKey("jwk-test-1")


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    """A key that Stytch has never published."""
    return SigningKey("jwk-test-2")


@pytest.fixture(autouse=True)
def cold_process() -> Iterator[None]:
    """Each test begins, and leaves others, with nothing kept from before."""
    forget_the_process()
    yield
    forget_the_process()
