"""Random requests, the same to GoTrue and to the emulator: the answers are the same.

Each kind of difference that this has found is a test elsewhere in this folder.
IDENTITY_SEQUENCES is how many sequences are tried.
"""

from __future__ import annotations

import os

import pytest

from local.identity import IdentityConfig
from tests.contract.identity.caller import SECRET, SITE_URL
from tests.contract.identity.differential import Side, first_difference, sequence
from tests.contract.identity.emulator import running_emulator
from tests.contract.identity.under_test import IS_GOTRUE

SEQUENCES = int(os.environ.get("IDENTITY_SEQUENCES") or 20)
STEPS = 25
YEAR = 366 * 86400
# Tokens outlive the sequence, since their times cannot be moved at GoTrue; no limit is reached.
LIFETIMES = {"access_token_seconds": YEAR, "operator_token_seconds": YEAR}

pytestmark = pytest.mark.skipif(not IS_GOTRUE, reason="this compares GoTrue with the emulator")


@pytest.fixture(scope="module")
def emulator():
    with running_emulator() as host:
        yield host


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_both_answer_the_same(start, emulator, seed, record_property):
    config = IdentityConfig(SITE_URL, SECRET, **LIFETIMES)
    with emulator.site(config, None) as ours:
        steps = sequence(seed, STEPS)
        found = first_difference(steps, Side(start(**LIFETIMES)), Side(ours))

    assert found == ""
    record_property("checks", ("random requests", len(steps)))
