"""Settings for tests: complete ones, of which a test names those that it is about."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared import process
from shared.settings.settings import Settings, read_settings

PROJECT_ID = "project-test-00000000-0000-4000-8000-000000000000"
IDENTITY_SECRET = "the secret of the Identity under test, as long as HS512 would have it"

VALUES = {
    "BASE_URL": "https://latchkey.example",
    "DATABASE_URL": "mysql://app:p4ssw0rd@localhost/latchkey",
    "STYTCH_PROJECT_ID": PROJECT_ID,
    "STYTCH_SECRET": "secret-test-local",
    "NETLIFY_IDENTITY_URL": "https://latchkey.example/.netlify/identity",
}
STYTCH = ("STYTCH_PROJECT_ID", "STYTCH_SECRET")
IDENTITY = ("NETLIFY_IDENTITY_URL",)


def without(*names: str) -> dict[str, str]:
    """The complete settings but for these."""
    return {name: value for name, value in VALUES.items() if name not in names}


Configure = Callable[..., Settings]

_SOURCES = sorted((Path(__file__).parents[2] / "shared" / "settings").glob("*.py"))
_NAMES = frozenset(
    name for path in _SOURCES for name in re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', path.read_text())
) | {f"PLANETSCALE_{part}" for part in ("HOST", "USERNAME", "PASSWORD", "DATABASE")}


def settings_with(**values: str) -> Settings:
    """Settings of a site on https, but for what `values` says."""
    return read_settings(VALUES | values)


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """Makes values this process's settings, as a start with that environment would.

    Before and after the test, the process keeps nothing.
    """

    def configure_process(**values: str) -> Settings:
        for name in _NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in (VALUES | values).items():
            monkeypatch.setenv(name, value)
        process.forget()
        return read_settings(os.environ)

    configure_process()
    yield configure_process
    process.forget()
