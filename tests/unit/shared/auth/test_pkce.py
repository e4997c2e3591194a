"""shared/auth/pkce.py: proof keys (RFC 7636)."""

from __future__ import annotations

import re

import pytest

from shared.auth.pkce import code_challenge, code_verifier


def test_a_browser_without_a_verifier_gets_one_of_the_standards_form():
    assert re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", code_verifier(None))


def test_no_two_browsers_get_the_same_verifier():
    assert code_verifier(None) != code_verifier(None)


def test_a_browser_keeps_its_verifier_so_that_its_earlier_links_stay_good():
    assert code_verifier("v" * 43) == "v" * 43


@pytest.mark.parametrize(
    "kept", ["", "v" * 42, "v" * 129, "v" * 43 + "=", "v" * 43 + "\n", "ß" * 43]
)
def test_a_verifier_that_breaks_the_standard_is_replaced(kept):
    assert code_verifier(kept) != kept


def test_the_challenge_is_the_one_of_the_standards_example():
    # RFC 7636, appendix B
    assert (
        code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )
