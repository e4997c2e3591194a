"""shared/process.py: what a process keeps, and that it forgets all of it at once."""

from __future__ import annotations

import pytest

from shared import process
from shared.auth.stytch.session_jwt import key_set
from shared.database.database import database, reader
from shared.settings.settings import settings

KEPT = [settings, database, reader, key_set]


@pytest.mark.parametrize("make", KEPT, ids=lambda make: make.__name__)
def test_it_is_made_once(configure, make):
    configure()

    assert make() is make()


@pytest.mark.parametrize("make", KEPT, ids=lambda make: make.__name__)
def test_after_forget_it_is_made_anew(configure, make):
    configure()
    before = make()

    process.forget()

    assert make() is not before


def test_after_forget_the_reader_is_again_the_database(configure):
    configure()
    reader()

    process.forget()

    assert reader() is database()
