"""The HTML of the people of one provider."""

from __future__ import annotations

from functools import partial

from local.dev_pages.dev_cloud import Emulator
from local.dev_pages.forms import act, form
from local.dev_pages.markup import Html, el, join
from local.dev_pages.times import date_and_time
from local.kit.people import Person, Session

HERE = "/_dev/people"
NOBODY_YET = "Nobody yet."


def provider_card(name: str, emulator: Emulator) -> Html:
    """Write the people of one provider, and the form that adds one."""
    people = [_person(name, person) for person in emulator.directory.people()]
    listed = el("ul", *people, class_="people") if people else el("p", NOBODY_YET, class_="muted")
    live = el("div", listed, id=f"{name}-people", data_live="people requests mail")
    return el("section", el("h2", emulator.title), live, _adding(name, emulator), class_="card")


def _adding(name: str, emulator: Emulator) -> Html:
    return form(
        f"{HERE}/add",
        el("input", type="hidden", name="provider", value=name),
        el(
            "label",
            el("span", "E-mail"),
            el("input", type="email", name="email", required=True, id=f"{name}-email"),
        ),
        el(
            "label",
            el("span", "Name ", el("span", "(optional)", class_="muted")),
            el("input", name="name", id=f"{name}-name"),
        ),
        el("button", "Add", aria_label=f"Add to {emulator.title}"),
        el("p", f"Somebody who is added is {emulator.directory.how_added}.", class_="muted"),
        says=f"Added to {emulator.title}.",
        data_resets=True,
        class_="filters adding",
    )


def _person(provider: str, person: Person) -> Html:
    chips = [
        el("span", "admin", class_="chip status-3xx") if person.is_admin else None,
        None if person.is_confirmed else el("span", "not confirmed", class_="chip status-4xx"),
    ]
    name = el("span", f" {person.name}", class_="muted") if person.name else None
    do = partial(_act, provider, person.email, person.id)
    role = ("demote", "Take admin away") if person.is_admin else ("promote", "Make admin")
    return el(
        "li",
        el("div", el("strong", person.email), name, " ", *chips, class_="who"),
        el("div", do(*role), do("delete", "Delete", class_="danger small"), class_="actions"),
        _sessions(provider, person),
    )


def _sessions(provider: str, person: Person) -> Html | None:
    if not person.sessions:
        return el("p", "No session", class_="muted sessions")
    sessions = [_session(provider, person, session) for session in person.sessions]
    count = f"{len(sessions)} session{'' if len(sessions) == 1 else 's'}"
    return el(
        "details",
        el("summary", count),
        el("ul", *sessions),
        id=f"sessions-{person.id}",
        class_="sessions",
    )


def _session(provider: str, person: Person, session: Session) -> Html:
    do = partial(_act, provider, person.email, session.id)
    times = join(
        "from ", date_and_time(session.started_at), " until ", date_and_time(session.expires_at)
    )
    buttons = el("div", do("end", "End"), do("expire", "Expire"), class_="actions")
    return el("li", el("span", times), buttons)


DONE = {
    "delete": "{} is deleted.",
    "promote": "{} is an admin now.",
    "demote": "{} is no admin any more.",
    "end": "A session of {} is ended.",
    "expire": "A session of {} is over.",
}


def _act(
    provider: str, email: str, of: str, change: str, label: str, class_: str = "secondary small"
) -> Html:
    """A button that makes a change to `of`, a user or a session; it names the person."""
    return act(
        label,
        f"{HERE}/{change}",
        DONE[change].format(email),
        class_=class_,
        aria_label=f"{label}: {email}",
        provider=provider,
        id=of,
    )
