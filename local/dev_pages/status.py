"""The first page: where everything is, whether it is up, and who can sign in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.cloud_summary import DEMO_USERS, Summary
from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.markup import Html, el, join
from local.dev_pages.page import DevPage, Frame
from local.identity import DEMO_PASSWORD

PATH = "/"


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The page, and the same as data."""

    async def show(_: Request) -> Response:
        parts = await cloud.health.parts()
        return frame.page("Local cloud", status(cloud.summary, parts), path=PATH)

    async def health(_: Request) -> Response:
        parts = await cloud.health.parts()
        is_up = all(state == "up" for state in parts.values())
        body = {"status": "up" if is_up else "down", "parts": parts}
        return JSONResponse(body, status_code=200 if is_up else 503)

    return [Route(PATH, show), Route("/health", health)]


PAGE = DevPage("Status", PATH, routes)


def status(summary: Summary, parts: Mapping[str, str]) -> Html:
    """Write the content of the page."""
    states = [
        el("li", part, " ", el("strong", state), class_=f"part {state}")
        for part, state in parts.items()
    ]
    places = [
        el("div", el("dt", label), el("dd", _place(place))) for label, place in summary.places
    ]
    return join(
        el("ul", *states, class_="parts", aria_label="Parts"),
        *(el("p", note, class_="note-line") for note in summary.notes),
        el("dl", *places, class_="facts places card"),
        *_sign_ins(summary),
    )


def _sign_ins(summary: Summary) -> Iterator[Html]:
    if summary.has_identity:
        users = _words([el("code", user) for user in DEMO_USERS])
        yield el("p", "Sign in as ", *users, ", password ", el("code", DEMO_PASSWORD), ".")
    if summary.has_stytch:
        yield el("p", f"Magic link: {summary.magic_link_hint}.")


def _words(users: Sequence[Html]) -> list[str]:
    first, *others = users
    return [first, *(word for user in others for word in (" or ", user))]


def _place(place: str) -> str:
    return el("a", place, href=place) if place.startswith("http") else place
