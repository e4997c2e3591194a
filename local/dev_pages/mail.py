"""The outbox: every mail that the local cloud would have sent, as its reader would see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.markup import Html, el
from local.dev_pages.page import DevPage, Frame
from local.dev_pages.times import date_and_time
from local.kit.outbox import Mail

PATH = "/outbox"
SENDERS: Mapping[str, str] = {"stytch": "Stytch", "netlify": "Netlify Identity"}
NONE_YET = "No mail yet. Ask for a magic link, or sign up: the mail appears here at once."


def routes(cloud: DevCloud, frame: Frame) -> Sequence[BaseRoute]:
    """The outbox as a page and as data."""

    async def show(_: Request) -> Response:
        return frame.page("Mail", outbox(cloud.outbox.newest_first()), path=PATH)

    async def data(_: Request) -> Response:
        return JSONResponse([asdict(mail) for mail in cloud.outbox.newest_first()])

    return [Route(PATH, show), Route(f"{PATH}.json", data)]


PAGE = DevPage("Mail", PATH, routes)


def outbox(mails: Sequence[Mail]) -> Html:
    """Write every mail, newest first."""
    count = len(mails)
    letters = [_letter(mail, count - index) for index, mail in enumerate(mails)]
    content = el("ol", *letters, class_="mails") if mails else el("p", NONE_YET, class_="empty")
    return el("div", content, id="mails", data_live="mail")


def _letter(mail: Mail, number: int) -> Html:
    """Write one mail; its number, from the oldest one, stays the same when others arrive."""
    head = [
        ("From", SENDERS[mail.provider]),
        ("To", mail.to),
        ("Sent", date_and_time(mail.sent_at)),
    ]
    name = f"mail-{number}"
    return el(
        "li",
        el("h2", mail.subject, id=name),
        el("dl", *(el("div", el("dt", key), el("dd", value)) for key, value in head)),
        _body(mail, name),
        class_="card mail",
    )


def _body(mail: Mail, name: str) -> Html:
    wording = _wording(mail.link)
    return el(
        "div",
        el("p", wording[0]),
        el("p", el("a", wording[1], class_="button", href=mail.link, id=f"{name}-link")),
        el("p", el("code", mail.link), class_="muted address"),
        class_="letter",
    )


def _wording(link: str) -> tuple[str, str]:
    """Return what the mail says, and what its button is called: as the real mails do."""
    for name, wording in WORDINGS.items():
        if f"{name}=" in link:
            return wording
    return "Follow this link.", "Open the link"


WORDINGS: Mapping[str, tuple[str, str]] = {
    "confirmation_token": ("Follow this link to confirm your user.", "Confirm your mail"),
    "invite_token": ("You have been invited to create a user.", "Accept the invite"),
    "recovery_token": ("Follow this link to reset the password of your user.", "Reset password"),
    "email_change_token": ("Follow this link to confirm your new address.", "Change email"),
    "stytch_token_type": ("Click the button to sign in. The link works once.", "Sign in"),
}
