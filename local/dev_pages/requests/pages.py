"""The list of requests, and one request: its waterfall, and all that went in and came out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.forms import refused
from local.dev_pages.page import PAGE_HEADERS, DevPage, Frame, redirected
from local.dev_pages.requests.copies import as_curl, as_event_file
from local.dev_pages.requests.detail import detail
from local.dev_pages.requests.facts import Facts, facts_of
from local.dev_pages.requests.listing import FILTERS, listing
from local.kit.exchange import Exchange

PATH = "/requests"
Endpoint = Callable[[Request, Exchange], Awaitable[Response]]


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The list, a request, and what can be done with it."""

    def all_facts() -> Iterable[Facts]:
        return [facts_of(one, cloud.person_of) for one in cloud.book.newest_first()]

    async def show_all(request: Request) -> Response:
        chosen = {name: request.query_params.get(name, "") for name in FILTERS}
        return frame.page("Requests", listing(all_facts(), chosen), path=PATH)

    async def show_one(_: Request, exchange: Exchange) -> Response:
        facts = facts_of(exchange, cloud.person_of)
        return frame.page(f"{facts.method} {facts.path}", detail(exchange, facts), path=PATH)

    async def send_again(_: Request, exchange: Exchange) -> Response:
        if not exchange.can_be_repeated:
            return refused("The body was too large to be kept.", HTTPStatus.CONFLICT)
        repeated = await exchange.door.again(exchange)
        return redirected(f"/_dev{PATH}/{repeated.id}")

    async def curl(_: Request, exchange: Exchange) -> Response:
        origin = cloud.summary.origins[exchange.door.name]
        return PlainTextResponse(as_curl(exchange, origin), headers=PAGE_HEADERS)

    async def event_file(_: Request, exchange: Exchange) -> Response:
        if exchange.call is None or not exchange.call.payload:
            return refused("The event was too large to be kept.", HTTPStatus.NOT_FOUND)
        name = f"{exchange.call.function}-{exchange.id}.json"
        headers = {**PAGE_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        text = as_event_file(exchange.call)
        return Response(text, media_type="application/json", headers=headers)

    async def found(endpoint: Endpoint, request: Request) -> Response:
        exchange = cloud.book.find(request.path_params["id"])
        if exchange is None:
            gone = "This request is no longer kept: the last 500 are, until the local cloud ends."
            return refused(gone, HTTPStatus.NOT_FOUND)
        return await endpoint(request, exchange)

    return [
        Route(PATH, show_all),
        Route(f"{PATH}/{{id}}", partial(found, show_one)),
        Route(f"{PATH}/{{id}}/again", partial(found, send_again), methods=["POST"]),
        Route(f"{PATH}/{{id}}/curl", partial(found, curl)),
        Route(f"{PATH}/{{id}}/event.json", partial(found, event_file)),
    ]


PAGE = DevPage("Requests", PATH, routes)
