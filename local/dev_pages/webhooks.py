"""The webhooks that the emulators have sent; each can be sent again."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.mail import SENDERS
from local.dev_pages.markup import Html, el, scrolling
from local.dev_pages.page import DevPage, Frame, redirected
from local.dev_pages.times import date_and_time
from local.kit.deliveries import Delivery, as_data

PATH = "/webhooks"
NONE_YET = (
    "Nothing was sent yet. Sign up, or sign in: what the providers tell appears here at once."
)
TITLES = ("Event", "From", "To", "Begun", "Answers", "State", "Again")


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The list as a page and as data, and what sends one of them again."""

    async def show(_: Request) -> Response:
        return frame.page("Webhooks", listing(cloud.deliveries.newest_first()), path=PATH)

    async def data(_: Request) -> Response:
        return JSONResponse([as_data(delivery) for delivery in cloud.deliveries.newest_first()])

    async def again(request: Request) -> Response:
        """Send one once more; a form goes back to the page, others get the delivery."""
        delivery = cloud.deliveries.find(request.path_params["delivery_id"])
        emulator = cloud.emulators.get(delivery.provider) if delivery else None
        if delivery is None or emulator is None:
            return JSONResponse({"error": "there is no such delivery"}, 404)
        sent = await emulator.webhooks.send_again(delivery)
        if "text/html" in request.headers.get("accept", ""):
            return redirected(f"/_dev{PATH}")
        return JSONResponse(as_data(sent))

    return [
        Route(PATH, show),
        Route(f"{PATH}.json", data),
        Route(f"{PATH}/{{delivery_id}}/again", again, methods=["POST"]),
    ]


PAGE = DevPage("Webhooks", PATH, routes)


def listing(deliveries: Sequence[Delivery]) -> Html:
    """Write every delivery, newest first."""
    head = el("thead", el("tr", *(el("th", title, scope="col") for title in TITLES)))
    body = el("tbody", *(_row(delivery) for delivery in deliveries))
    table = scrolling(el("table", head, body), "Webhooks")
    content = table if deliveries else el("p", NONE_YET, class_="empty")
    return el("div", content, id="webhooks", data_live="webhooks")


def _row(delivery: Delivery) -> Html:
    answers = ", ".join(str(one.status or one.problem) for one in delivery.attempts) or "none yet"
    again = el(
        "form",
        el("button", "Send again", class_="secondary small"),
        method="post",
        action=f"/_dev{PATH}/{delivery.id}/again",
    )
    return el(
        "tr",
        el("td", delivery.event),
        el("td", SENDERS[delivery.provider]),
        el("td", el("code", delivery.url)),
        el("td", date_and_time(delivery.created_at)),
        el("td", answers),
        el("td", delivery.state, class_=f"state-{delivery.state}"),
        el("td", again),
    )
