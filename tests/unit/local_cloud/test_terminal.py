"""What the terminal and the log file show."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from local.cloud.banner import ready_banner
from local.cloud.log import Log, Palette, Readable
from local.cloud_summary import Summary
from local.kit.request_log import Answered


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def plain() -> Palette:
    return Palette(io.StringIO(), no_color=False)


SUMMARY = Summary(
    web_url="http://localhost:1",
    aws_url="http://localhost:2",
    lambda_url="http://localhost:3",
    stytch_url="http://127.0.0.1:4",
    database="MariaDB 10.11.19",
    log_file=Path("/state/local.log"),
    notes=("port 8888 is in use.",),
)


@pytest.mark.parametrize(
    "text",
    [
        "Latchkey is ready",
        "http://localhost:1\n",
        "http://localhost:1/_dev/outbox",
        "http://localhost:2",
        "http://localhost:3",
        "http://127.0.0.1:4",
        "public-token-test-00000000-0000-4000-8000-000000000000",
        "MariaDB 10.11.19",
        "/state/local.log",
        "ada@example.com (admin) or grace@example.com",
        "latchkey",
        "Note: port 8888 is in use.",
    ],
)
def test_banner_shows_all_there_is_to_know(plain: Palette, text: str) -> None:
    assert text in ready_banner(SUMMARY, plain, [])


def test_banner_of_a_site_with_identity_alone_offers_no_magic_link(plain: Palette) -> None:
    banner = ready_banner(replace(SUMMARY, has_stytch=False), plain, [])

    assert "grace@example.com" in banner
    assert "Magic link" not in banner
    assert "Stytch          none (PROVIDERS)" in banner


def test_banner_of_a_site_with_stytch_alone_offers_no_password(plain: Palette) -> None:
    banner = ready_banner(replace(SUMMARY, has_identity=False), plain, [])

    assert "Magic link      any address (ada@example.com is an admin)" in banner
    assert "Password" not in banner
    assert "Identity        none (PROVIDERS)" in banner


def test_banner_names_what_does_not_answer(plain: Palette) -> None:
    banner = ready_banner(SUMMARY, plain, ["database", "aws"])

    assert "do not answer yet: database, aws" in banner
    assert "is ready" not in banner


def test_banner_is_plain_ascii(plain: Palette) -> None:
    assert ready_banner(SUMMARY, plain, []).isascii()


def test_terminal_gets_colours() -> None:
    assert Palette(Terminal(), no_color=False).bold("x") == "\x1b[1mx\x1b[0m"


def test_no_color_is_honoured() -> None:
    assert Palette(Terminal(), no_color=True).bold("x") == "x"


def test_file_gets_no_colours() -> None:
    assert Palette(io.StringIO(), no_color=False).bold("x") == "x"


def test_line_goes_to_the_terminal_and_to_the_file(tmp_path: Path, plain: Palette) -> None:
    terminal = io.StringIO()
    log = Log(tmp_path / "local.log", terminal, plain)

    log("fn:get", '{"level": "INFO"}\nsecond')
    log.close()

    assert terminal.getvalue() == '[fn:get] {"level": "INFO"}\n[fn:get] second\n'
    assert (tmp_path / "local.log").read_text() == terminal.getvalue()


def test_colours_of_the_terminal_do_not_reach_the_file(tmp_path: Path) -> None:
    terminal = Terminal()
    log = Log(tmp_path / "local.log", terminal, Palette(terminal, no_color=False))

    log("db", "ready")
    log.close()

    assert "\x1b[" in terminal.getvalue()
    assert (tmp_path / "local.log").read_text() == "[db] ready\n"


def test_line_of_a_function_is_words_on_the_terminal_and_json_in_the_file(
    tmp_path: Path, plain: Palette
) -> None:
    terminal = io.StringIO()
    log = Log(tmp_path / "local.log", terminal, plain, Readable(plain))
    text = '{"level": "WARNING", "event": "malformed"}'

    log("fn:get", text)
    log.close()

    assert terminal.getvalue() == "[fn:get] WARNING malformed\n"
    assert (tmp_path / "local.log").read_text() == f"[fn:get] {text}\n"


def test_lines_of_other_parts_stay_as_they_are(tmp_path: Path, plain: Palette) -> None:
    terminal = io.StringIO()
    log = Log(tmp_path / "local.log", terminal, plain, Readable(plain))

    log("db", "START RequestId: of nobody")
    log.close()

    assert terminal.getvalue() == "[db] START RequestId: of nobody\n"


@pytest.mark.parametrize(
    ("status", "colour"), [(200, "\x1b[2m"), (404, "\x1b[33m"), (503, "\x1b[1;31m")]
)
def test_request_has_the_colour_of_its_status(tmp_path: Path, status: int, colour: str) -> None:
    terminal = Terminal()
    palette = Palette(terminal, no_color=False)
    log = Log(tmp_path / "local.log", terminal, palette, Readable(palette))

    log.request("web", Answered("GET", "/", status, 3), None)
    log.close()

    assert f" {colour}" in terminal.getvalue()
    assert (tmp_path / "local.log").read_text() == f"[web] GET / {status} 3 ms\n"


def test_request_has_no_colour_where_nobody_wants_one(tmp_path: Path) -> None:
    terminal = Terminal()
    palette = Palette(terminal, no_color=True)
    log = Log(tmp_path / "local.log", terminal, palette, Readable(palette))

    log.request("web", Answered("GET", "/", 503, 3), None)
    log.close()

    assert "\x1b" not in terminal.getvalue()
