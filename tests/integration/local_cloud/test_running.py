"""What a running local cloud offers, seen from outside."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest
import requests

from tests.support.running_cloud import RunningCloud


def test_every_part_is_up(cloud: RunningCloud) -> None:
    response = cloud.get("/_dev/health")

    assert response.status_code == 200
    assert response.json() == {
        "status": "up",
        "parts": {
            "database": "up",
            "aws": "up",
            "lambda": "up",
            "identity": "up",
            "stytch": "up",
        },
    }


def test_web_app_is_served_at_the_root(cloud: RunningCloud) -> None:
    response = cloud.get("/")

    assert response.status_code == 200
    assert "<title>" in response.text


def test_outbox_holds_the_mail_of_a_sign_up(cloud: RunningCloud) -> None:
    account = {"email": "new@example.com", "password": "a password"}
    requests.post(f"{cloud.url}/.netlify/identity/signup", json=account, timeout=5)

    mail = cloud.get("/_dev/outbox.json").json()[0]

    assert set(mail) == {"to", "subject", "link", "provider", "sent_at"}
    assert (mail["to"], mail["provider"]) == ("new@example.com", "netlify")
    assert mail["link"].startswith(f"{cloud.url}/#confirmation_token=")


def test_outbox_page_shows_the_mail_without_a_script(cloud: RunningCloud) -> None:
    account = {"email": "shown@example.com", "password": "a password"}
    requests.post(f"{cloud.url}/.netlify/identity/signup", json=account, timeout=5)

    response = cloud.get("/_dev/outbox")

    assert "<dd>shown@example.com</dd>" in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/_dev", "/_dev/", "/_dev/frame.css"])
def test_status_page_and_its_style_are_there(cloud: RunningCloud, path: str) -> None:
    assert cloud.get(path).status_code == 200


def test_status_page_leads_to_the_description_of_the_api(cloud: RunningCloud) -> None:
    assert f'href="{cloud.url}/_dev/api"' in cloud.get("/_dev/").text


def test_unknown_function_is_not_found(cloud: RunningCloud) -> None:
    response = cloud.get("/.netlify/functions/nope")

    assert (response.status_code, response.json()["code"]) == (404, "function_not_found")


def test_unknown_page_is_not_found(cloud: RunningCloud) -> None:
    assert cloud.get("/no/such/page").status_code == 404


@pytest.mark.parametrize("label", ["Web app", "AWS HTTP API", "Lambda API", "Stytch"])
def test_port_is_open_on_loopback_only(cloud: RunningCloud, label: str) -> None:
    port = urlsplit(cloud.address(label)).port or 0

    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((own_address(), port), timeout=5)


@pytest.mark.parametrize("label", ["Web app", "AWS HTTP API", "Lambda API", "Stytch"])
def test_name_that_only_dns_points_here_is_refused(cloud: RunningCloud, label: str) -> None:
    headers = {"host": "attacker.example"}

    response = requests.get(cloud.address(label), headers=headers, timeout=5)

    assert response.status_code == 421


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:8888", "[::1]"]
)
def test_names_of_this_machine_are_answered(cloud: RunningCloud, host: str) -> None:
    assert cloud.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["", "[::1", "localhost:x", "localhost.attacker.example", "a b"])
def test_host_that_is_none_of_them_is_a_client_error(cloud: RunningCloud, host: str) -> None:
    assert cloud.get("/", headers={"host": host}).status_code in {400, 421}


def test_lambda_api_calls_a_function_by_name(cloud: RunningCloud) -> None:
    address = f"{cloud.address('Lambda API')}/2015-03-31/functions/get/invocations"

    response = requests.post(address, json={"ping": True}, timeout=10)

    assert response.status_code == 200
    assert "x-amz-executed-version" in response.headers


def test_log_file_names_requests_but_not_their_queries(cloud: RunningCloud) -> None:
    cloud.get("/?token=do-not-log-me")

    assert "[web] GET / 200" in cloud.log
    assert "do-not-log-me" not in cloud.log + cloud.text


def test_output_has_no_colours_when_it_is_not_a_terminal(cloud: RunningCloud) -> None:
    assert "\x1b" not in cloud.text


def test_banner_names_the_demo_users_and_the_database(cloud: RunningCloud) -> None:
    assert "ada@example.com (admin) or grace@example.com" in cloud.text
    assert "latchkey" in cloud.text
    assert cloud.address("Database")


def own_address() -> str:
    """An address of this machine that is not loopback (no packet is sent)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        address: str = probe.getsockname()[0]
    return address


@pytest.mark.parametrize("label", ["Web app", "AWS HTTP API", "Lambda API", "Stytch"])
@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "transfer-encoding: Chunked\r\ncontent-length: 0",
    ],
)
def test_a_request_with_two_lengths_is_refused_and_its_connection_closed(
    cloud: RunningCloud, label: str, lengths: str
) -> None:
    port = urlsplit(cloud.address(label)).port
    head = f"POST /api/logout HTTP/1.1\r\nHost: localhost:{port}\r\n{lengths}\r\n\r\n"
    with socket.create_connection(("localhost", port), timeout=10) as connection:
        connection.sendall(f"{head}0\r\n\r\n".encode())
        answer = connection.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"exclude each other" in answer
