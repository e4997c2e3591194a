"""The project itself, with changes that are never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.checkout import Checkout

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout():
    return Checkout(ROOT)
