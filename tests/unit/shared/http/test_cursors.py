"""shared/http/parameters.py: the cursors of keyset pages."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import strategies as st

from shared.database.paging import LARGEST_ID
from shared.errors import Malformed
from shared.http.parameters import decode_cursor, encode_cursor
from tests.support.properties import given

IDS = st.integers(min_value=1, max_value=LARGEST_ID)


@given(IDS)
def test_a_cursor_leads_back_to_its_id(row_id):
    assert decode_cursor(encode_cursor(row_id)) == row_id


@given(IDS)
def test_a_cursor_can_stand_in_an_address_as_it_is(row_id):
    assert encode_cursor(row_id).replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_any_text_is_a_cursor_of_ours_or_malformed(text):
    with suppress(Malformed):
        assert encode_cursor(decode_cursor(text)) == text


def test_a_cursor_that_we_did_not_make_has_a_code_of_its_own():
    with pytest.raises(Malformed) as refused:
        decode_cursor("🦊")

    assert refused.value.code == "cursor_invalid"


@pytest.mark.parametrize(
    "text", ["0", "-1", "+1", "01", "1.0", "1e3", "1_000", "٣", " 1", "", str(LARGEST_ID + 1)]
)
def test_a_cursor_made_of_what_is_no_id_is_malformed(text):
    forged = urlsafe_b64encode(f"id:{text}".encode()).decode().rstrip("=")

    with pytest.raises(Malformed):
        decode_cursor(forged)


def test_a_cursor_with_padding_added_is_malformed():
    with pytest.raises(Malformed):
        decode_cursor(encode_cursor(1) + "=")


def test_a_cursor_of_very_many_digits_is_malformed():
    forged = urlsafe_b64encode(b"id:" + b"9" * 5000).decode().rstrip("=")

    with pytest.raises(Malformed):
        decode_cursor(forged)
