"""The HTML of the page: a card for each provider, for the time and for the database."""

from __future__ import annotations

from local.dev_pages.dev_cloud import DevCloud, Emulator
from local.dev_pages.faults.choices import STEPS, WAYS
from local.dev_pages.forms import act, form
from local.dev_pages.in_force import duration, sentence_of
from local.dev_pages.markup import Html, el, join

HERE = "/_dev/faults"


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
