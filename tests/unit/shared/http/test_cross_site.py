"""shared/http/caller.py: which pages may write with our cookies."""

from __future__ import annotations

import pytest

from shared.errors import Forbidden
from shared.http.caller import refuse_cross_site
from tests.support.requests_of import request_with

OUR_OWN = "https://latchkey.example"


@pytest.fixture(autouse=True)
def site_with_partners(configure):
    return configure(ALLOWED_ORIGINS="https://partner.example, https://shop.example/")


def request(method, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return request_with(method=method, headers={"Host": "latchkey.example"} | named)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OUR_OWN},
        {"Origin": OUR_OWN, "Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://partner.example", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "https://shop.example", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "https://preview.example", "Host": "preview.example"},
        {"Origin": "http://127.0.0.1:8888", "Host": "127.0.0.1:8888"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_write_of_our_own_pages_passes(method, headers):
    refuse_cross_site(request(method, **headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": ""},
        {"Sec_Fetch_Site": "Same-Origin, same-origin"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://latchkey.example.evil.example"},
        {"Origin": "https://latchkey.example:8443"},
        {"Origin": "https://latchkey.example@evil.example"},
        {"Origin": "latchkey.example"},
        {"Origin": "http://["},
        {"Origin": "https://evil.example, https://latchkey.example"},
        {"Origin": "https://sub.partner.example"},
        {"Origin": "null", "Host": ""},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT", "BREW"])
def test_a_write_of_any_other_page_is_refused(method, headers):
    with pytest.raises(Forbidden) as refused:
        refuse_cross_site(request(method, **headers))

    assert refused.value.code == "cross_origin"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_read_passes_wherever_it_comes_from(method):
    refuse_cross_site(request(method, Origin="https://evil.example"))
