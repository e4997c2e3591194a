"""shared/http/parameters.py: what a request says in its path, its query and its headers."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from shared.database.paging import PageRequest
from shared.errors import Invalid, Malformed, NotFound
from shared.http.parameters import (
    choice,
    encode_cursor,
    entity_tag,
    idempotency_key,
    if_match,
    page_request,
    page_response,
    path_id,
)
from tests.support.requests_of import request_with


@pytest.mark.parametrize("text", ["1", "42", str(2**64 - 1)])
def test_an_id_is_a_positive_whole_number(text):
    assert path_id(request_with(path_params={"id": text})) == int(text)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "0x1",
        "01",
        "1_0",
        "٣",
        "²",
        "",
        " ",
        " 1",
        "1 ",
        "abc",
        "1;--",
        "null",
        str(2**64),
        "9" * 5000,
    ],
)
def test_there_is_nothing_under_what_cannot_be_an_id(text):
    with pytest.raises(NotFound):
        path_id(request_with(path_params={"id": text}))


def test_a_page_has_fifty_rows_from_the_newest_on_unless_asked_otherwise():
    assert page_request(request_with()) == PageRequest(limit=50, before_id=2**64 - 1)


@pytest.mark.parametrize(("text", "limit"), [("1", 1), ("50", 50), ("200", 200)])
def test_a_limit_from_1_to_200_is_taken(text, limit):
    assert page_request(request_with(query=urlencode({"limit": text}))).limit == limit


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "201",
        "-1",
        "+5",
        "1.5",
        "1e2",
        "5_0",
        "٣",
        "²",
        "",
        " ",
        " 5",
        "null",
        "000000001999",
        "9" * 5000,
        "000000001" + "9" * 5000,
    ],
)
def test_any_other_limit_is_malformed(text):
    with pytest.raises(Malformed) as refused:
        page_request(request_with(query=urlencode({"limit": text})))

    assert refused.value.code == "limit_invalid"


def test_the_page_is_read_from_the_query():
    request = request_with(query=f"limit=7&after={encode_cursor(42)}")

    assert page_request(request) == PageRequest(limit=7, before_id=42)


@pytest.mark.parametrize("query", ["limit=", "limit=0", "after=", "after=%00", "limit=1&limit=x"])
def test_a_query_that_asks_for_no_page_is_malformed(query):
    with pytest.raises(Malformed):
        page_request(request_with(query=query))


def test_a_choice_that_is_not_made_is_none():
    assert choice(request_with(), "status", ["done"]) is None


def test_a_choice_is_read_from_the_query():
    assert choice(request_with(query="status=done"), "status", ["done"]) == "done"


@pytest.mark.parametrize("query", ["status=", "status=Done", "status=gone", "status=%FF"])
def test_a_choice_that_was_not_offered_is_named(query):
    with pytest.raises(Invalid) as refused:
        choice(request_with(query=query), "status", ["done"])

    assert [error.field for error in refused.value.fields] == ["status"]


def test_the_clients_own_idempotency_key_is_taken():
    assert idempotency_key(request_with(headers={"Idempotency-Key": "order-7"})) == "order-7"


def test_a_request_without_a_key_gets_one_that_no_other_has():
    assert idempotency_key(request_with()) != idempotency_key(request_with())


def test_a_key_may_have_255_characters():
    assert idempotency_key(request_with(headers={"Idempotency-Key": "k" * 255})) == "k" * 255


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_that_is_empty_or_too_long_is_malformed(key):
    with pytest.raises(Malformed) as refused:
        idempotency_key(request_with(headers={"Idempotency-Key": key}))

    assert refused.value.code == "idempotency_key_invalid"


TWO = PageRequest(limit=2)


def test_a_page_is_an_array():
    response = page_response(request_with(), TWO, [{"id": 2}, {"id": 1}])

    assert response.body == b'[{"id":2},{"id":1}]'


@pytest.mark.parametrize("rows", [[], [{"id": 1}], [{"id": 2}, {"id": 1}]])
def test_a_page_that_is_not_more_than_full_is_the_last(rows):
    assert "link" not in page_response(request_with(), TWO, rows).headers


def test_one_row_more_than_the_page_is_not_shown_but_leads_to_the_next():
    response = page_response(request_with(), TWO, [{"id": 3}, {"id": 2}, {"id": 1}])

    assert response.body == b'[{"id":3},{"id":2}]'
    assert f"after={encode_cursor(2)}>" in response.headers["link"]


def test_the_link_leads_to_the_next_page_of_the_same_list():
    request = request_with(path="/api/issues", query="status=in%20progress&after=old&limit=1")

    link = page_response(request, PageRequest(limit=1), [{"id": 2}, {"id": 1}]).headers["link"]

    assert link == (  # RFC 8288
        f'</api/issues?status=in+progress&after={encode_cursor(2)}&limit=1>; rel="next"'
    )


def test_the_link_can_be_written_whatever_stands_in_the_address():
    request = request_with(path="/.netlify/functions/日本/issues", query="status=%F0%9F%A6%8A")

    response = page_response(request, PageRequest(limit=1), [{"id": 2}, {"id": 1}])

    assert response.headers["link"].isascii()


TIME = "2026-01-31T09:00:00.123456Z"
LATER = "2026-01-31T10:00:00.000000Z"


def matching(header):
    return if_match(request_with(headers={"If-Match": header}))


def test_without_if_match_any_version_will_do():
    assert if_match(request_with()) is None


def test_a_star_matches_any_version():
    assert matching(" * ") is None


@pytest.mark.parametrize(
    ("header", "versions"),
    [
        (f'"{TIME}"', (TIME,)),
        (f'"{TIME}", "{LATER}"', (TIME, LATER)),
        (f'"nonsense" ,"{TIME}"', (TIME,)),
        (f'W/"{TIME}"', ()),
        (f'W/"{TIME}", "{LATER}"', (LATER,)),
        ('"nonsense"', ()),
        ('""', ()),
    ],
)
def test_the_versions_of_strong_tags_that_we_gave_match(header, versions):
    assert matching(header) == versions


@pytest.mark.parametrize("header", ["", "nonsense", '"open', f"{TIME}", '"a" "b"', '"a",', "*, *"])
def test_what_is_no_list_of_tags_is_malformed(header):
    with pytest.raises(Malformed) as refused:
        matching(header)

    assert refused.value.code == "if_match_invalid"


def test_a_tag_that_we_give_matches_its_version():
    assert matching(entity_tag(TIME)) == (TIME,)
