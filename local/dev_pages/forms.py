"""Forms: what they send, and what they look like."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from local.dev_pages.markup import Html, el
from local.dev_pages.page import PAGE_HEADERS
from local.kit.request_body import read_body

LARGEST_FORM = 16 * 1024


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of an urlencoded form; raises BodyTooLarge."""
    body = await read_body(request, LARGEST_FORM)
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def refused(reason: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Response:
    """Answer a form that cannot be used; the page shows the reason."""
    return PlainTextResponse(reason, status, headers=PAGE_HEADERS)


def form(action: str, *content: Html | None, says: str, **attributes: str | bool | None) -> Html:
    """A form that changes something; `says` is what the page says once it is done.

    With the attribute `data_resets` it is empty again then.
    """
    return el("form", *content, method="post", action=action, data_says=says, **attributes)


def act(
    label: str,
    action: str,
    says: str,
    *,
    class_: str = "secondary small",
    aria_label: str | None = None,
    **fields: str,
) -> Html:
    """A button that is a form of its own, with fixed fields."""
    hidden = [el("input", type="hidden", name=key, value=fields[key]) for key in fields]
    button = el("button", label, class_=class_, aria_label=aria_label)
    return form(action, *hidden, button, says=says)
