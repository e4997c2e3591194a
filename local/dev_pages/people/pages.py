"""The page of people, and one route for each change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.forms import read_form, refused
from local.dev_pages.markup import el
from local.dev_pages.page import DevPage, Frame, redirected
from local.dev_pages.people.cards import HERE, provider_card
from local.kit.people import Directory, PeopleError

PATH = "/people"
NO_PROVIDER = "No provider is emulated here: its own dashboard has its users."

Change = Callable[[Directory, dict[str, str]], Awaitable[None]]


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The page, and one route for each change."""

    async def show(_: Request) -> Response:
        cards = [provider_card(name, emulator) for name, emulator in cloud.emulators.items()]
        content = cards or [el("p", NO_PROVIDER, class_="empty")]
        return frame.page("People", *content, path=PATH)

    async def made(change: Change, request: Request) -> Response:
        fields = await read_form(request)
        emulator = cloud.emulators.get(fields.get("provider", ""))
        if emulator is None:
            return refused("Choose a provider.")
        try:
            await change(emulator.directory, fields)
        except PeopleError as refusal:
            return refused(str(refusal))
        cloud.live.tell("people")
        return redirected(HERE)

    posts = [
        Route(f"{PATH}/{name}", partial(made, change), methods=["POST"])
        for name, change in CHANGES.items()
    ]
    return [Route(PATH, show), *posts]


PAGE = DevPage("People", PATH, routes)


async def _add(directory: Directory, fields: dict[str, str]) -> None:
    await directory.add(fields.get("email", "").strip(), fields.get("name", "").strip())


async def _delete(directory: Directory, fields: dict[str, str]) -> None:
    await directory.delete(fields.get("id", ""))


async def _promote(directory: Directory, fields: dict[str, str]) -> None:
    await directory.set_roles(fields.get("id", ""), ["admin"])


async def _demote(directory: Directory, fields: dict[str, str]) -> None:
    await directory.set_roles(fields.get("id", ""), [])


async def _end(directory: Directory, fields: dict[str, str]) -> None:
    directory.end_session(fields.get("id", ""))


async def _expire(directory: Directory, fields: dict[str, str]) -> None:
    directory.expire_session(fields.get("id", ""))


CHANGES: dict[str, Change] = {
    "add": _add,
    "delete": _delete,
    "promote": _promote,
    "demote": _demote,
    "end": _end,
    "expire": _expire,
}
