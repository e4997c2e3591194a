"""Faults of the database and of both providers, each with the code that it has to be told by."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tests.security.fault_proxy import Spoil

Service = Literal["database", "stytch", "identity"]

FOR_EVER = 3600.0  # seconds; every caller hangs up before


class Fault(NamedTuple):
    """What goes wrong; `spoil` is None where nobody can connect at all.

    `is_met_connecting` says that open connections end first. `seconds` is how long each answer
    takes where nothing else is wrong with it. `code` is that of the 503, and `code_of_sending` that
    of the 429 where a mail was asked for.
    """

    service: Service
    name: str
    spoil: Spoil | None
    code: str
    is_met_connecting: bool = False
    seconds: float = math.inf
    code_of_sending: str | None = None
    spoils_only_bodies: bool = False

    @property
    def title(self) -> str:
        return f"{self.service}: {self.name}"


def hang(_answer: bytes) -> Iterator[bytes | float]:
    yield FOR_EVER


def hang_in_the_middle(answer: bytes) -> Iterator[bytes | float]:
    yield answer[: len(answer) // 2]
    yield FOR_EVER


def drip(answer: bytes) -> Iterator[bytes | float]:
    for byte in answer:
        yield bytes([byte])
        yield 1.0


def drip_the_body(answer: bytes) -> Iterator[bytes | float]:
    head, _, body = answer.partition(b"\r\n\r\n")
    yield head + b"\r\n\r\n"
    yield from drip(body or b" ")


def cut(answer: bytes) -> Iterator[bytes | float]:
    yield answer[: len(answer) // 2]


def cut_the_body(answer: bytes) -> Iterator[bytes | float]:
    head, _, body = answer.partition(b"\r\n\r\n")
    yield head + b"\r\n\r\n" + body[: len(body) // 2]


def late(seconds: float) -> Spoil:
    def spoil(answer: bytes) -> Iterator[bytes | float]:
        yield seconds
        yield answer

    return spoil


def instead(answer: bytes) -> Spoil:
    def spoil(_answer: bytes) -> Iterator[bytes | float]:
        yield answer

    return spoil


def http(status: str, body: str, content_type: str = "application/json", more: str = "") -> Spoil:
    """An HTTP answer in place of the service's own."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
    return instead(f"{head}{more}Connection: close\r\n\r\n{body}".encode())


def error_packet(number: int, state: str, sequence: int = 1) -> Spoil:
    """An error of the server in place of the answer (MySQL's protocol, ERR_Packet)."""
    payload = b"\xff" + struct.pack("<H", number) + f"#{state}No.".encode()
    return instead(struct.pack("<I", len(payload))[:3] + bytes([sequence]) + payload)


GARBAGE = bytes(range(256))
PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>"
REFUSED_SECRET = (
    '{"status_code": 401, "request_id": "r", "error_type": "unauthorized_credentials",'
    ' "error_message": "Unauthorized credentials.", "error_url": ""}'
)
TOO_MANY = (
    '{"status_code": 429, "request_id": "r", "error_type": "too_many_requests",'
    ' "error_message": "Too many requests.", "error_url": ""}'
)
# Three answers of the database are too slow, and two are not. After 5 s, the emulators close a
# connection that nobody uses.
SLOW_DATABASE_SECONDS, SLOW_PROVIDER_SECONDS = 4.8, 2.0


def _of_database() -> Iterator[Fault]:
    service: Service = "database"
    code = "database_unavailable"
    yield Fault(service, "down", None, code, is_met_connecting=True)
    yield Fault(service, "hangs while connecting", hang, code, is_met_connecting=True)
    yield Fault(service, "drips while connecting", drip, code, is_met_connecting=True)
    too_many = error_packet(1040, "08004", sequence=0)
    yield Fault(service, "too many connections", too_many, code, is_met_connecting=True)
    yield Fault(service, "hangs", hang, code)
    yield Fault(service, "hangs in an answer", hang_in_the_middle, code)
    yield Fault(service, "drips", drip, code)
    slow = late(SLOW_DATABASE_SECONDS)
    yield Fault(
        service,
        f"{SLOW_DATABASE_SECONDS:g} s for each answer",
        slow,
        code,
        seconds=SLOW_DATABASE_SECONDS,
    )
    yield Fault(service, "garbage", instead(GARBAGE), code)
    yield Fault(service, "cut in an answer", cut, code)
    yield Fault(service, "shuts down", error_packet(1053, "08S01"), code)
    yield Fault(service, "read only", error_packet(1290, "HY000"), code)
    yield Fault(service, "lock wait", error_packet(1205, "HY000"), code)
    yield Fault(service, "no such table", error_packet(1146, "42S02"), "schema_behind")
    yield Fault(service, "no such column", error_packet(1054, "42S22"), "schema_behind")
    yield Fault(service, "no right", error_packet(1142, "42000"), "schema_behind")


def _of_provider(service: Service) -> Iterator[Fault]:
    code = f"{service}_unavailable"
    yield Fault(service, "down", None, code, is_met_connecting=True)
    slow = late(SLOW_PROVIDER_SECONDS)
    yield Fault(
        service,
        f"{SLOW_PROVIDER_SECONDS:g} s for each answer",
        slow,
        code,
        seconds=SLOW_PROVIDER_SECONDS,
    )
    yield Fault(service, "drips its body", drip_the_body, code, spoils_only_bodies=True)
    yield Fault(service, "cut in its body", cut_the_body, code, spoils_only_bodies=True)
    for name, spoil in {
        "hangs": hang,
        "hangs in an answer": hang_in_the_middle,
        "drips": drip,
        "cut in its head": cut,
        "garbage": instead(GARBAGE),
        "200 with a page": http("200 OK", PAGE, "text/html"),
        "200 with nothing in it": http("200 OK", "{}"),
        "200 with a list": http("200 OK", "[]"),
        "302": http("302 Found", "", more="Location: /elsewhere\r\n"),
        "401 with a page": http("401 Unauthorized", PAGE, "text/html"),
        "404 with nothing in it": http("404 Not Found", "{}"),
        "500": http("500 Internal Server Error", "{}"),
        "502 with a page": http("502 Bad Gateway", PAGE, "text/html"),
    }.items():
        yield Fault(service, name, spoil, code)


FAULTS = [
    *_of_database(),
    *_of_provider("stytch"),
    Fault(
        "stytch", "refuses the site", http("401 Unauthorized", REFUSED_SECRET), "stytch_credentials"
    ),
    Fault(
        "stytch",
        "429",
        http("429 Too Many Requests", TOO_MANY),
        "stytch_unavailable",
        code_of_sending="too_many_requests",
    ),
    *_of_provider("identity"),
    Fault(
        "identity", "429", http("429 Too Many Requests", '{"code": 429}'), "identity_unavailable"
    ),
]
