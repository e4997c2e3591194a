"""shared/http/search.py: what a request looks for, what was found, and its cursors."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import strategies as st

from shared.database.paging import LARGEST_ID, SearchRequest
from shared.errors import Invalid, Malformed
from shared.http import parameters
from shared.http.search import decode_cursor, encode_cursor, search_request, search_response
from tests.support.properties import given
from tests.support.requests_of import request_with

IDS = st.integers(min_value=1, max_value=LARGEST_ID)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, IDS)
def test_the_cursor_of_a_search_leads_back_to_its_key_and_id(key, row_id):
    assert decode_cursor(encode_cursor(key, row_id)) == (key, row_id)


@given(st.text())
def test_any_text_is_a_cursor_of_a_search_or_malformed(text):
    with suppress(Malformed):
        assert encode_cursor(*decode_cursor(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "key:", "key:1", "key:0:oil", "key:99999999999999999999:oil", "key:-1:oil", "key:01:oil"],
)
def test_a_cursor_of_a_search_that_we_did_not_make_is_malformed(text):
    forged = urlsafe_b64encode(text.encode()).decode().rstrip("=")

    with pytest.raises(Malformed):
        decode_cursor(forged)


def test_the_cursor_of_a_list_is_none_of_a_search_and_the_other_way_round():
    with pytest.raises(Malformed):
        decode_cursor(parameters.encode_cursor(7))
    with pytest.raises(Malformed):
        parameters.decode_cursor(encode_cursor("oil", 7))


def test_a_search_begins_with_its_text_in_small_letters():
    request = request_with(query="title=%20Oil%20the&limit=7")

    assert search_request(request, "title") == SearchRequest(7, "oil the", "oil the", 0)


def test_letters_become_small_one_by_one_as_in_the_database():
    found = search_request(request_with(query="title=%CE%9F%CE%94%CE%9F%CE%A3"), "title")

    assert found.prefix == "οδοσ"  # with the sigma that stands inside words


def test_a_search_goes_on_behind_its_cursor():
    request = request_with(query=f"title=oil&after={encode_cursor('oil the', 42)}")

    assert search_request(request, "title") == SearchRequest(50, "oil", "oil the", 42)


@pytest.mark.parametrize("text", ["", "%20", "x" * 256])
def test_a_search_for_nothing_or_too_much_is_invalid(text):
    with pytest.raises(Invalid) as refused:
        search_request(request_with(query=f"title={text}"), "title")

    assert [error.field for error in refused.value.fields] == ["title"]


@pytest.mark.parametrize("cursor", [encode_cursor("mend", 1), parameters.encode_cursor(1), "x"])
def test_a_search_takes_no_cursor_of_another_list(cursor):
    with pytest.raises(Malformed):
        search_request(request_with(query=f"title=oil&after={cursor}"), "title")


def test_what_a_search_found_is_shown_without_its_keys():
    found = [{"id": 1, "key": b"a"}, {"id": 2, "key": b"b"}, {"id": 3, "key": b"c"}]

    response = search_response(request_with(), SearchRequest(2, "", ""), found, key="key")

    assert response.body == b'[{"id":1},{"id":2}]'
    assert f"after={encode_cursor('b', 2)}>" in response.headers["link"]


def test_the_last_page_of_a_search_leads_nowhere():
    response = search_response(
        request_with(), SearchRequest(2, "", ""), [{"id": 1, "key": b"a"}], key="key"
    )

    assert "link" not in response.headers
