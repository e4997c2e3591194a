from __future__ import annotations

import pytest

from tests.contract.stytch.front_end.page import Page
from tests.support.stytch_emulator import Emulator


@pytest.fixture
def page(emulator: Emulator) -> Page:
    """A page of the project, nobody signed in."""
    return Page(emulator)
