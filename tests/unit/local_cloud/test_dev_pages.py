"""The HTML of the pages below `/_dev/`: what they tell, and that all of it is shown as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from local.cloud_summary import Summary
from local.dev_pages.in_force import duration, sentence_of
from local.dev_pages.mail import outbox
from local.dev_pages.markup import Html, el
from local.dev_pages.requests.facts import Facts
from local.dev_pages.requests.listing import FILTERS, listing
from local.dev_pages.status import status
from local.kit.faults import Fault
from local.kit.outbox import Mail

MAIL = Mail(
    to="<i>@example.com",
    subject="Sign in & go",
    link='http://localhost/?stytch_token_type=magic_links&b="2"',
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
FACTS = Facts(
    id="0123456789ab",
    method="GET",
    target="/api/issues?token=secret",
    door="Netlify",
    function="get",
    route="/issues",
    status=200,
    code="",
    person="ada@example.com",
    is_cold=False,
    arrived_at=1_795_797_287_000.0,
    ms=12.3,
)
OTHERS = [
    FACTS._replace(id="1", function="create"),
    FACTS._replace(id="2", status=404),
    FACTS._replace(id="3", person=""),
]
UNFILTERED = dict.fromkeys(FILTERS, "")


def ids_in(html: str) -> list[str]:
    return [part.partition('"')[0] for part in html.split('id="request-')[1:]]


def test_text_becomes_text() -> None:
    assert el("p", "<b>", title='"') == '<p title="&quot;">&lt;b&gt;</p>'


def test_html_stays_html() -> None:
    assert el("p", Html("<b>bold</b>")) == "<p><b>bold</b></p>"


def test_mail_is_shown_as_its_reader_would_see_it() -> None:
    page = outbox([MAIL])

    assert "Sign in &amp; go</h2>" in page
    assert "<dd>&lt;i&gt;@example.com</dd>" in page
    assert ">Sign in</a>" in page


def test_link_of_a_mail_is_one_click_away() -> None:
    href = 'href="http://localhost/?stytch_token_type=magic_links&amp;b=&quot;2&quot;"'

    assert href in outbox([MAIL])


def test_empty_outbox_says_how_to_get_mail() -> None:
    assert "No mail yet" in outbox([])


def test_status_page_tells_each_part_and_place() -> None:
    page = status(SUMMARY, {"database": "up", "aws": "down"})

    assert '<li class="part up">database <strong>up</strong></li>' in page
    assert '<li class="part down">aws <strong>down</strong></li>' in page
    assert '<a href="http://localhost:2">http://localhost:2</a>' in page
    assert "the real one (your credentials)" in page


def test_status_page_of_a_site_with_identity_alone_offers_no_magic_link() -> None:
    page = status(replace(SUMMARY, has_stytch=False), {})

    assert "Sign in as <code>ada@example.com (admin)</code>" in page
    assert "Magic link" not in page


def test_status_page_of_a_site_with_stytch_alone_offers_no_password() -> None:
    page = status(replace(SUMMARY, has_identity=False), {})

    assert "<p>Magic link: any address (ada@example.com is an admin)" in page
    assert "password" not in page


def test_status_page_shows_names_and_notes_as_text() -> None:
    page = status(SUMMARY, {})

    assert "&lt;MariaDB&gt;" in page
    assert "a port &lt; moved." in page


def test_list_of_requests_leads_to_each_of_them() -> None:
    assert 'href="/_dev/requests/0123456789ab"' in listing([FACTS], UNFILTERED)


def test_list_of_requests_shows_no_query() -> None:
    assert "secret" not in listing([FACTS], UNFILTERED)


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("function", "create", ["1"]),
        ("status", "4xx", ["2"]),
        ("person", "nobody", ["3"]),
        ("person", "ada@example.com", ["0123456789ab", "1", "2"]),
    ],
)
def test_list_of_requests_is_filtered(name: str, value: str, left: list[str]) -> None:
    assert ids_in(listing([FACTS, *OTHERS], UNFILTERED | {name: value})) == left


def test_list_says_that_a_filter_hides_all() -> None:
    assert "No request passes this filter." in listing([FACTS], UNFILTERED | {"status": "5xx"})


def test_empty_list_says_how_to_get_a_request() -> None:
    assert "No requests yet" in listing([], UNFILTERED)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault("/", None, 503, 1, 0), "the next call answers 503"),
        (Fault("/user", None, 503, 2, 0), "the next 2 calls of /user answer 503"),
        (Fault("/", None, 500, 1, 2.5), "the next call answers 500 after 2.5 s"),
        (Fault("/v1/sessions", "hang", None, 1, 0), "the next call of /v1/sessions gets no answer"),
        (Fault("/", "delay", None, 1000, 3), "the next 1,000 calls wait 3 s"),
        (Fault("/", "bad_gateway", None, 1, 0), "the next call answers a page of HTML with 502"),
        (Fault("/", "malformed_json", None, 1, 0), "the next call answers half an object"),
    ],
)
def test_planned_fault_is_a_sentence(fault: Fault, sentence: str) -> None:
    assert sentence_of(fault) == sentence


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(604800, "7 days"), (3660, "1 hour 1 minute"), (90061, "1 day 1 hour"), (0.2, "0 seconds")],
)
def test_duration_is_told_in_its_largest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words
