"""Between the contract suites and a real service: addresses that are ours, and its rate limits.

The suites name people at example.com. A real service would mail them; so on the wire each address
is a plus address of LIVE_EMAIL, another one for each test, and comes back as the test wrote it.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter

MARK = "+latchkey-live-"
TIMEOUT_SECONDS = 30
# Both services ask for longer and longer pauses after 429; together these outlast five minutes,
# which is the window of Identity's limit.
PAUSES = (1, 2, 4, 8, 16, 32, 64, 64, 64, 64)

_OF_A_TEST = re.compile(r"([\w.]+)(@|%40)example\.(com|org)", re.IGNORECASE)


class Addresses:
    """The tests' addresses, and those that the service sees in their place."""

    def __init__(self, mailbox: str) -> None:
        self._name, _, self._domain = mailbox.partition("@")
        self.begin_test()

    def begin_test(self) -> None:
        """From now on, the same address is another person."""
        self._start = f"{self._name}{MARK}{uuid.uuid4().hex[:10]}-"
        ours = rf"{re.escape(self._start)}([\w.]+)-(com|org)@{re.escape(self._domain)}"
        self._ours = re.compile(ours, re.IGNORECASE)

    def outwards(self, text: str) -> str:
        """The text with our addresses; in a form or a query (`%40`) they are quoted."""
        return _OF_A_TEST.sub(self._replacement, text)

    def inwards(self, text: str) -> str:
        """The text with the test's addresses."""
        return self._ours.sub(r"\1@example.\2", text)

    def is_of_any_run(self, address: str) -> bool:
        """Tell whether this or an earlier run has made it."""
        return address.lower().startswith(f"{self._name}{MARK}".lower())

    def _replacement(self, found: re.Match[str]) -> str:
        name, sign, ending = found.groups()
        address = f"{self._start}{name}-{ending}@{self._domain}"
        return quote(address) if sign == "%40" else address


class LiveAdapter(HTTPAdapter):
    """Sends requests with our addresses, and again after 429."""

    def __init__(self, addresses: Addresses, pause: Callable[[float], None] = time.sleep) -> None:
        super().__init__()
        self._addresses = addresses
        self._pause = pause

    def send(
        self, request: requests.PreparedRequest, *arguments: Any, **options: Any
    ) -> requests.Response:
        if request.url:
            request.url = self._addresses.outwards(request.url)
        if request.body:
            body = request.body if isinstance(request.body, bytes) else request.body.encode()
            # Every byte is a character of Latin-1, and no two are the same one.
            request.body = self._addresses.outwards(body.decode("latin-1")).encode("latin-1")
            request.prepare_content_length(request.body)
        options["timeout"] = options.get("timeout") or TIMEOUT_SECONDS
        response = self._patiently(request, *arguments, **options)
        content = self._addresses.inwards(response.content.decode("latin-1"))
        response._content = content.encode("latin-1")
        return response

    def _patiently(
        self, request: requests.PreparedRequest, *arguments: Any, **options: Any
    ) -> requests.Response:
        for seconds in PAUSES:
            response = super().send(request, *arguments, **options)
            if response.status_code != requests.codes.too_many_requests:
                return response
            asked_for = response.headers.get("Retry-After", "")
            response.close()
            self._pause(int(asked_for) if asked_for.isdecimal() else seconds)
        return super().send(request, *arguments, **options)


def live_session(addresses: Addresses) -> requests.Session:
    """A session whose every request goes through the adapter."""
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, LiveAdapter(addresses))
    return session
