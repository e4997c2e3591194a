"""What a test needs is read from its code."""

from __future__ import annotations

from typing import Any

from tests.live.selection import names_in


def test_attributes_and_functions_of_a_test_are_seen() -> None:
    def example(emulator: Any) -> None:
        emulator.advance(minutes=len(emulator.mails()))

    assert names_in(example.__code__) == {"advance", "len", "mails"}


def test_what_a_test_uses_in_a_function_of_its_own_is_seen() -> None:
    def example(run: Any, emulator: Any) -> None:
        run(lambda client: client.authenticate([emulator.newest_token() for _ in range(2)]))

    assert names_in(example.__code__) >= {"authenticate", "newest_token"}
