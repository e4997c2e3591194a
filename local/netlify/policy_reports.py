"""Says in the log what a page's Content-Security-Policy has blocked, as the browser reports it.

A page whose scripts are blocked stays empty, and only the browser's console tells why. On Netlify
itself nothing is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local.kit.json_body import InvalidBody, parse_object
from local.kit.request_body import BodyTooLarge, read_body
from local.kit.store import Document

DEV_PATH = "/_dev/"  # the local cloud's own pages have a policy of their own
PATH = f"{DEV_PATH}policy-reports"
LARGEST_REPORT = 16 * 1024  # bytes
POLICY = "content-security-policy"
LONGEST_WORD = 200
WHAT_TO_DO = "docs/from-the-tutorials.md#scripts-inside-a-page says what to do."


class PolicyReports:
    """Asks browsers for reports on the policy of `app`, and gives `tell` a sentence for each."""

    def __init__(self, app: ASGIApp, tell: Callable[[str], None]) -> None:
        self._app = app
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (scope["method"], scope["path"]) == ("POST", PATH):
            response = await self._answer(Request(scope, receive))
            await response(scope, receive, send)
            return
        if scope["path"].startswith(DEV_PATH):
            await self._app(scope, receive, send)
            return

        async def send_asking(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if POLICY in headers:
                    headers[POLICY] += f"; report-uri {PATH}"
            await send(message)

        await self._app(scope, receive, send_asking)

    async def _answer(self, request: Request) -> Response:
        try:
            sent = parse_object(await read_body(request, LARGEST_REPORT))
        except (BodyTooLarge, InvalidBody) as error:
            return PlainTextResponse(f"Not a report: {error}", HTTPStatus.BAD_REQUEST)
        report = sent.get("csp-report")
        if not isinstance(report, dict):
            return PlainTextResponse("Not a report: no csp-report", HTTPStatus.BAD_REQUEST)
        self._tell(sentence(report))
        return Response(status_code=HTTPStatus.NO_CONTENT)


def sentence(report: Document) -> str:
    """Say what was blocked, and where (Content Security Policy Level 3, section 5.3)."""
    directive = _word(report, "effective-directive") or _word(report, "violated-directive")
    blocked = _word(report, "blocked-uri")
    page = _word(report, "document-uri")
    line = _word(report, "line-number")
    if directive.startswith("script-src") and blocked == "inline":
        what = "an inline script"
    else:
        what = f"{blocked or 'something'} ({directive or 'no directive named'})"
    place = f"line {line} of {page}" if line else page
    advice = f" {WHAT_TO_DO}" if what == "an inline script" else ""
    return f"The Content-Security-Policy of netlify.toml blocked {what}: {place}.{advice}"


def _word(report: Document, name: str) -> str:
    """A member as printable text of one line."""
    text = "".join(
        character for character in str(report.get(name) or "") if character.isprintable()
    )
    return text[:LONGEST_WORD]
