"""What the log says of a report that a browser sends (Content Security Policy Level 3)."""

from __future__ import annotations

import pytest

from local.netlify.policy_reports import sentence

PAGE = "http://localhost:8888/profile"


def test_an_inline_script_is_named_with_its_line_and_what_to_do() -> None:
    report = {
        "document-uri": PAGE,
        "effective-directive": "script-src-elem",
        "blocked-uri": "inline",
        "line-number": 12,
    }

    assert sentence(report) == (
        "The Content-Security-Policy of netlify.toml blocked an inline script: "
        f"line 12 of {PAGE}. docs/from-the-tutorials.md#scripts-inside-a-page says what to do."
    )


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            {"effective-directive": "script-src-elem", "blocked-uri": "https://cdn.example/a.js"},
            "blocked https://cdn.example/a.js (script-src-elem)",
        ),
        (
            {"violated-directive": "connect-src", "blocked-uri": "https://api.example"},
            "blocked https://api.example (connect-src)",
        ),
        (
            {"effective-directive": "style-src-elem", "blocked-uri": "inline"},
            "blocked inline (style-src-elem)",
        ),
        ({}, "blocked something (no directive named)"),
    ],
)
def test_anything_else_is_named_with_the_directive(report: dict[str, object], said: str) -> None:
    assert said in sentence({"document-uri": PAGE, **report})


def test_a_report_makes_one_printable_line() -> None:
    report = {"document-uri": "a\nb\x1b[31m" + "c" * 5_000, "blocked-uri": ["x"]}

    said = sentence(report)

    assert said.isprintable()
    assert len(said) < 400
