"""The page of faults, and one route for each kind of button."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.faults.cards import HERE, content
from local.dev_pages.faults.choices import WAYS
from local.dev_pages.forms import read_form, refused
from local.dev_pages.page import DevPage, Frame, redirected
from local.kit.admin import TEN_YEARS, read_fault
from local.kit.fields import Fields, InvalidField

PATH = "/faults"


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The page, and one route for each kind of button."""

    async def show(_: Request) -> Response:
        return frame.page("Faults and time", content(cloud), path=PATH)

    async def plan(request: Request) -> Response:
        fields = await read_form(request)
        emulator = cloud.emulators.get(fields.get("provider", ""))
        _, what = WAYS.get(fields.get("way", ""), ("", None))
        count = fields.get("count", "1")
        if emulator is None or what is None or not count.isdecimal():
            return refused("Choose a provider, a way to fail, and a whole number of calls.")
        try:
            fault = read_fault(
                Fields({"path": fields.get("path", "/"), "count": int(count[:9]), **what})
            )
        except InvalidField as error:
            return refused(str(error))
        emulator.state.faults.add(fault)
        return redirected(HERE)

    async def forget(_: Request) -> Response:
        for emulator in cloud.emulators.values():
            emulator.state.faults.clear()
        return redirected(HERE)

    async def advance(request: Request) -> Response:
        seconds = (await read_form(request)).get("seconds", "")
        if not seconds.isdecimal() or int(seconds[:12]) > TEN_YEARS:
            return refused("Move the time by a whole number of seconds, at most ten years.")
        cloud.clock.advance(int(seconds))
        return redirected(HERE)

    async def reset(_: Request) -> Response:
        cloud.clock.reset()
        return redirected(HERE)

    async def rotate(_: Request) -> Response:
        for emulator in cloud.emulators.values():
            if emulator.rotate_keys is not None:
                emulator.rotate_keys()
        return redirected(HERE)

    async def kill(_: Request) -> Response:
        if not cloud.database.is_private:
            return refused("The database is your own: the local cloud does not end it.")
        cloud.database.kill()
        return redirected(HERE)

    buttons = {
        "plan": plan,
        "forget": forget,
        "advance": advance,
        "reset": reset,
        "rotate": rotate,
        "kill": kill,
    }
    posts = [Route(f"{PATH}/{name}", made, methods=["POST"]) for name, made in buttons.items()]
    return [Route(PATH, show), *posts]


PAGE = DevPage("Faults", PATH, routes)
