"""A mail server on a free port of this machine, which keeps what it gets and delivers nothing."""

from __future__ import annotations

import email
import email.policy
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_LINK = re.compile(r'href="([^"]*)"')


class Mail(NamedTuple):
    """One message, with the link in its HTML."""

    sender: str
    to: str
    subject: str
    link: str


class MailSink(Controller):
    """Takes mail by SMTP in a thread of its own."""

    def __init__(self) -> None:
        super().__init__(self, hostname="127.0.0.1", port=0)
        self.mails: list[Mail] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(_mail(envelope))
        return "250 OK"

    def _trigger_server(self) -> None:
        """Learn the port first: aiosmtpd connects to it before `start` returns."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def receiving_mail() -> Iterator[MailSink]:
    """A sink for as long as the block runs."""
    sink = MailSink()
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


def _mail(envelope: Envelope) -> Mail:
    content: Any = envelope.content
    message = email.message_from_bytes(content, policy=email.policy.default)
    part = message.get_body(("html",))
    assert part is not None
    found = _LINK.search(part.get_content())
    link = html.unescape(found[1]) if found else ""
    return Mail(envelope.mail_from or "", envelope.rcpt_tos[0], message["Subject"], link)
