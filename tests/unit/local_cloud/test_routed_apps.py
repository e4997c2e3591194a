"""local/cloud/routed_apps.py: apps that follow the files they are made of."""

from __future__ import annotations

import asyncio
import os

import pytest

from local.cloud.routed_apps import RoutedApps


class Routes:
    """A file with a number, the app that says it, and the complaints about it."""

    def __init__(self, folder):
        self.file = folder / "routes"
        self.complaints = []
        self.made = 0
        self.write("1")
        self._app = RoutedApps(
            self._make, (self.file,), (OSError, ValueError), self.complaints.append
        ).apps()["web"]

    def write(self, text):
        self._time = getattr(self, "_time", 0) + 1
        self.file.write_text(text)
        os.utime(self.file, (self._time, self._time))

    def answer(self):
        said = []
        asyncio.run(self._app({}, None, said.append))
        return said[0]

    def _make(self):
        self.made += 1
        number = int(self.file.read_text())

        async def app(scope, receive, send):
            send(number)

        return {"web": app}


@pytest.fixture
def routes(tmp_path):
    return Routes(tmp_path)


def test_the_request_after_a_change_is_answered_by_a_new_app(routes):
    before = routes.answer()

    routes.write("2")

    assert (before, routes.answer()) == (1, 2)


def test_without_a_change_the_app_stays(routes):
    routes.answer()
    routes.answer()

    assert routes.made == 1


def test_a_file_that_cannot_be_used_leaves_the_app_as_it_was_and_says_so_once(routes):
    routes.write("two")

    answers = [routes.answer(), routes.answer()]

    assert answers == [1, 1]
    assert len(routes.complaints) == 1
    assert "the routes stay as they were: invalid literal" in routes.complaints[0]


def test_a_file_that_is_mended_is_used(routes):
    routes.write("two")
    routes.answer()

    routes.write("2")

    assert routes.answer() == 2


def test_a_file_that_is_being_replaced_leaves_the_app_as_it_was(routes):
    routes.file.unlink()

    assert routes.answer() == 1
