"""The HTML of the outbox and of the status page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from local.cloud_summary import Summary
from local.dev_pages.pages import index_page, outbox_page
from local.kit.outbox import Mail

MAIL = Mail(
    to="<i>@example.com",
    subject="Sign in & go",
    link='http://localhost/?a=1&b="2"',
    provider="stytch",
    sent_at="2026-11-21T10:00:00.123Z",
)
SUMMARY = Summary(
    web_url="http://localhost:1",
    aws_url="http://localhost:2",
    lambda_url="http://localhost:3",
    stytch_url=None,
    database="<MariaDB>",
    log_file=Path("/state/local.log"),
    notes=("a port < moved.",),
)


def test_mail_is_shown_as_text() -> None:
    page = outbox_page([MAIL])

    assert "<td>&lt;i&gt;@example.com</td><td>Sign in &amp; go</td>" in page
    assert 'href="http://localhost/?a=1&amp;b=&quot;2&quot;"' in page
    assert "2026-11-21 10:00:00" in page


def test_empty_outbox_says_how_to_get_mail() -> None:
    assert "No mail yet" in outbox_page([])


def test_outbox_asks_again_by_itself() -> None:
    assert 'http-equiv="refresh"' in outbox_page([])


def test_status_page_tells_each_part_and_place() -> None:
    page = index_page(SUMMARY, {"database": "up", "aws": "down"})

    assert '<li class="up">database <span>up</span></li>' in page
    assert '<li class="down">aws <span>down</span></li>' in page
    assert '<a href="http://localhost:2">http://localhost:2</a>' in page
    assert "the real one (your credentials)" in page


def test_status_page_of_a_site_with_identity_alone_offers_no_magic_link() -> None:
    page = index_page(replace(SUMMARY, has_stytch=False), {})

    assert "Sign in as <code>ada@example.com (admin)</code>" in page
    assert "Magic link" not in page


def test_status_page_of_a_site_with_stytch_alone_offers_no_password() -> None:
    page = index_page(replace(SUMMARY, has_identity=False), {})

    assert "<p>Magic link: any address (ada@example.com is an admin)" in page
    assert "password" not in page


def test_status_page_shows_names_and_notes_as_text() -> None:
    page = index_page(SUMMARY, {})

    assert "&lt;MariaDB&gt;" in page
    assert "a port &lt; moved." in page
