"""The HTML of the page with the webhooks."""

from __future__ import annotations

from local.dev_pages.webhooks import listing
from local.kit.deliveries import Attempt, Delivery

AT = "2026-11-21T10:00:00.123Z"
DELIVERY = Delivery(
    id="msg_1",
    provider="stytch",
    event="direct.user.create<b>",
    url='http://localhost/?a=1&b="2"',
    body="{}",
    created_at=AT,
    attempts=(Attempt(AT, 503), Attempt(AT, None, "timed out"), Attempt(AT, 200)),
)


def test_a_delivery_is_shown_as_text_with_all_answers() -> None:
    page = listing([DELIVERY])

    assert "direct.user.create&lt;b&gt;" in page
    assert "http://localhost/?a=1&amp;b=&quot;2&quot;" in page
    assert "503, timed out, 200</td>" in page
    assert "delivered</td>" in page


def test_each_can_be_sent_again() -> None:
    assert 'action="/_dev/webhooks/msg_1/again"' in listing([DELIVERY])


def test_an_empty_page_says_how_to_get_one() -> None:
    assert "Nothing was sent yet" in listing([])
