"""What a terminal shows while a step goes on, and what a file gets."""

from __future__ import annotations

import io

import pytest

from local import screen
from local.screen import CLEAR_LINE, Screen


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


def test_file_gets_a_plain_line_for_each_step() -> None:
    file = io.StringIO()

    with Screen(file).step("Making .venv", lambda: "3 packages"):
        pass

    assert file.getvalue() == "Making .venv\n"


def test_terminal_shows_the_step_and_how_far_it_is(terminal: Terminal) -> None:
    with Screen(terminal).step("Installing", lambda: "3 packages"):
        shown = terminal.getvalue()

    assert shown == "Installing ... 3 packages, 0 s"


def test_terminal_shows_it_no_longer_when_it_has_ended(terminal: Terminal) -> None:
    with Screen(terminal).step("Installing"):
        pass

    assert terminal.getvalue() == f"Installing ... 0 s{CLEAR_LINE}"


def test_step_that_fails_leaves_an_empty_line_too(terminal: Terminal) -> None:
    with pytest.raises(ValueError, match="x"), Screen(terminal).step("Installing"):
        raise ValueError("x")

    assert terminal.getvalue().endswith(CLEAR_LINE)


def test_lines_that_stay_go_above_the_step(terminal: Terminal) -> None:
    shown = Screen(terminal)

    with shown.step("Starting"):
        shown.print("[db] ready")

        assert terminal.getvalue().endswith(f"{CLEAR_LINE}[db] ready\nStarting ... 0 s")


def test_terminal_that_cannot_erase_gets_plain_lines(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")

    with Screen(terminal).step("Making .venv"):
        pass

    assert terminal.getvalue() == "Making .venv\n"


def test_step_never_takes_a_second_line(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")

    with Screen(terminal).step("x" * 30):
        assert terminal.getvalue() == "x" * 19


def test_seconds_are_told_again_and_again(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "TICK_SECONDS", 0.001)

    with Screen(terminal).step("Starting"):
        while terminal.getvalue().count("Starting ... 0 s") < 3:
            pass


def test_output_is_a_terminals_only_where_it_is_one() -> None:
    file = io.StringIO()
    shown = Screen(file)

    with shown.step("Starting"):
        shown.print("[db] ready")

    assert file.getvalue() == "Starting\n[db] ready\n"
