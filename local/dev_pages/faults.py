"""Faults and time: what the emulators' controls do, as buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from local.dev_pages.dev_cloud import DevCloud, Emulator
from local.dev_pages.forms import act, form, read_form, refused
from local.dev_pages.in_force import duration, sentence_of
from local.dev_pages.markup import Html, el, join
from local.dev_pages.page import DevPage, Frame, redirected
from local.kit.admin import TEN_YEARS, read_fault
from local.kit.fields import Fields, InvalidField

PATH = "/faults"
HERE = f"/_dev{PATH}"

# What can happen to a call: the fields of a fault, as `POST /_admin/faults` has them.
WAYS: Mapping[str, tuple[str, Mapping[str, str | int | float]]] = {
    "503": ("answers 503", {"status": 503}),
    "500": ("answers 500", {"kind": "internal_server_error"}),
    "429": ("answers 429, too many requests", {"kind": "too_many_requests"}),
    "html": ("answers a page of HTML with 502", {"kind": "bad_gateway"}),
    "half": ("answers half an object", {"kind": "malformed_json"}),
    "slow": ("answers after 3 seconds", {"kind": "delay", "delay_seconds": 3}),
    "hang": ("never answers", {"kind": "hang"}),
}
STEPS: Mapping[int, str] = {
    3600: "Identity refuses its access tokens, Stytch its links",
    24 * 3600: "Identity refuses its links, too",
    7 * 24 * 3600: "Stytch refuses its sessions",
    31 * 24 * 3600: "Identity refuses its refresh tokens",
}


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


def content(cloud: DevCloud) -> Html:
    """Write the cards of the page."""
    cards = [_emulator(name, emulator) for name, emulator in cloud.emulators.items()]
    return join(el("div", *cards, _time(cloud), _database(cloud), class_="cards"), _planned(cloud))


def _emulator(name: str, emulator: Emulator) -> Html:
    calls = [el("option", meaning, value=path) for path, meaning in emulator.endpoints.items()]
    ways = [el("option", told, value=way) for way, (told, _) in WAYS.items()]
    fields = [
        el("input", type="hidden", name="provider", value=name),
        _labelled("The next call of", el("select", *calls, name="path", id=f"{name}-path")),
        _labelled("does this", el("select", *ways, name="way", id=f"{name}-way")),
        _labelled(
            "so many times",
            el("input", type="number", name="count", value=1, min=1, max=1000, id=f"{name}-count"),
        ),
        el("button", "Plan it"),
    ]
    says = f"Planned. It happens to the next calls of {emulator.title}."
    keys = act("Rotate the keys", f"{HERE}/rotate", "A new key signs from now on.")
    return _card(
        emulator.title,
        form(f"{HERE}/plan", *fields, says=says, class_="fields"),
        keys if emulator.rotate_keys else None,
    )


def _time(cloud: DevCloud) -> Html:
    steps = [
        el(
            "li",
            act(
                f"{duration(seconds)} later",
                f"{HERE}/advance",
                f"It is {duration(seconds)} later at the providers.",
                seconds=str(seconds),
            ),
            el("span", meaning, class_="muted"),
        )
        for seconds, meaning in STEPS.items()
    ]
    shift = cloud.clock.offset_seconds
    back = act("Back to now", f"{HERE}/reset", "The time is this machine's again.")
    now = f"{duration(shift)} ahead of this machine" if shift >= 1 else "that of this machine"
    return _card(
        "Time",
        el("p", f"The providers' time is {now}. The functions keep their own."),
        el("ul", *steps, class_="steps"),
        back if shift >= 1 else None,
        live="faults",
    )


def _database(cloud: DevCloud) -> Html:
    if not cloud.database.is_private:
        return _card("Database", el("p", f"{cloud.database.name}: it is not ended from here."))
    says = "Killed. It is started again, with its data, within seconds."
    return _card(
        "Database",
        el("p", f"{cloud.database.name} ends as in a crash, and is started again a second later."),
        act("Kill the database", f"{HERE}/kill", says, class_="danger small"),
    )


def _planned(cloud: DevCloud) -> Html:
    """What has been planned and has not happened yet."""
    faults = [
        el("li", f"{emulator.title}: {sentence_of(fault)}")
        for emulator in cloud.emulators.values()
        for fault in emulator.state.faults.all()
    ]
    nothing = el("p", "Nothing is planned: every call is answered.", class_="muted")
    forget = act("Forget all of it", f"{HERE}/forget", "Nothing fails any more.")
    listed = join(el("ul", *faults, class_="planned"), forget) if faults else nothing
    heading = el("h2", "Planned")
    return el("section", heading, listed, id="planned", data_live="faults")


def _card(title: str, *content: Html | None, live: str | None = None) -> Html:
    name = title.lower().replace(" ", "-")
    return el("section", el("h2", title), *content, id=name, class_="card", data_live=live)


def _labelled(label: str, control: Html) -> Html:
    return el("label", el("span", label), control)
