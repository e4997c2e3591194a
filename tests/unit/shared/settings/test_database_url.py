"""shared/settings/database_url.py: connection strings, as PlanetScale and others write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import strategies as st

from shared.settings.database_url import DatabaseUrl, parse_database_url
from tests.support.properties import given


def test_a_whole_url_is_parsed():
    assert parse_database_url("mysql://ada:secret@db.example:3307/latchkey") == DatabaseUrl(
        host="db.example", user="ada", password="secret", port=3307, database="latchkey"
    )


def test_the_port_is_3306_unless_said():
    assert parse_database_url("mysql://ada:x@db.example/latchkey").port == 3306


def test_user_password_and_database_are_percent_decoded():
    url = parse_database_url("mysql://a%40da:p%2Fw%3A%23%25@h/my%20db")

    assert (url.user, url.password, url.database) == ("a@da", "p/w:#%", "my db")


def test_a_socket_is_named_in_the_query():
    url = parse_database_url("mysql://root@localhost/db?unix_socket=%2Ftmp%2Fdb.sock")

    assert (url.unix_socket, url.is_local) == ("/tmp/db.sock", True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_this_machine_is_local(host):
    assert parse_database_url(f"mysql://u:p@{host}/db").is_local


@pytest.mark.parametrize("host", ["db.example", "10.0.0.1", "localhost.evil.example", "0.0.0.0"])
def test_any_other_machine_is_not(host):
    assert not parse_database_url(f"mysql://u:p@{host}/db").is_local


@pytest.mark.parametrize(
    "query",
    ["sslaccept=strict", 'ssl={"rejectUnauthorized":true}', "ssl-mode=VERIFY_IDENTITY", "x=y"],
)
def test_the_words_of_other_drivers_for_a_verified_connection_are_welcome(query):
    assert parse_database_url(f"mysql://u:p@h/db?{query}").host == "h"


@pytest.mark.parametrize(
    "query",
    [
        "sslaccept=accept_invalid_certs",
        'ssl={"rejectUnauthorized":false}',
        'ssl={"rejectUnauthorized": false}',
        "ssl=%7B%22rejectUnauthorized%22%3Afalse%7D",
        "ssl=false",
        "ssl=0",
        "sslmode=disable",
        "sslmode=require",
        "ssl-mode=DISABLED",
        "SSL-MODE=preferred",
        "ssl-mode=REQUIRED",
        "ssl_mode=REQUIRED",
        "tls=skip-verify",
        "tls=Skip-Verify",
        "tls=false",
        "tls=preferred",
        "useSSL=false",
        "verifyServerCertificate=false",
        "trustServerCertificate=true",
        "ssl_verify_cert=false",
        "ssl_verify_identity=false",
        "ssl_disabled=true",
        "ssl_verify=0",
        "verify=no",
        "rejectUnauthorized=false",
        'ssl={"ca":"/ca.pem","rejectUnauthorized":0}',
        "tls=none",
        "allowInvalidCertificates=true",
        "tls=skip-verify&tls=true",
    ],
)
def test_an_unverified_connection_to_another_machine_is_refused(query):
    with pytest.raises(ValueError, match="unverified"):
        parse_database_url(f"mysql://u:p@h/db?{query}")


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("", "mysql://"),
        ("postgres://u:p@h/db", "mysql://"),
        ("h/db", "mysql://"),
        ("mysql://h/db", "no user"),
        ("mysql://u:p@h", "no database"),
        ("mysql://u:p@h/", "no database"),
        ("mysql://u:p@h:port/db", "port"),
        ("mysql://u:p@h:99999/db", "port"),
    ],
)
def test_what_is_wrong_is_said(url, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_database_url(url)


@pytest.mark.parametrize("rest", ["@h:port/db", "@h", "@[h/db", "℀@h/db", "#@h/db", "@h/db?ssl=0"])
def test_the_password_is_never_said(rest):
    with pytest.raises(ValueError, match=r".") as refused:
        parse_database_url(f"mysql://user:hush{rest}")

    assert "hush" not in str(refused.value)


def test_the_password_is_never_shown():
    assert "hush" not in repr(parse_database_url("mysql://u:hush@h/db"))


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_wrong(text):
    with suppress(ValueError):
        assert parse_database_url(f"mysql://{text}").user
