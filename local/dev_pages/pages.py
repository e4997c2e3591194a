"""The HTML of the status page and of the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from local.cloud_summary import DEMO_USERS, Summary
from local.dev_pages.layout import page
from local.identity import DEMO_PASSWORD
from local.kit.outbox import Mail

REFRESH = '<meta http-equiv="refresh" content="5">'


def index_page(summary: Summary, parts: Mapping[str, str]) -> str:
    """Where everything is, whether it is up, and who can sign in."""
    places = "".join(
        f"<tr><th scope=row>{escape(label)}</th><td>{_place(place)}</td></tr>"
        for label, place in summary.places
    )
    states = "".join(
        f'<li class="{escape(state)}">{escape(part)} <span>{escape(state)}</span></li>'
        for part, state in parts.items()
    )
    return page(
        "Local cloud",
        f"<ul class=parts>{states}</ul><table>{places}</table>"
        + "".join(_sign_ins(summary))
        + "".join(f"<p class=note>{escape(note)}</p>" for note in summary.notes),
    )


def _sign_ins(summary: Summary) -> Iterator[str]:
    if summary.has_identity:
        users = " or ".join(f"<code>{escape(user)}</code>" for user in DEMO_USERS)
        yield f"<p>Sign in as {users}, password <code>{escape(DEMO_PASSWORD)}</code>.</p>"
    if summary.has_stytch:
        yield f"<p>Magic link: {escape(summary.magic_link_hint)}.</p>"


def outbox_page(mails: Sequence[Mail]) -> str:
    """Every mail, newest first; the page asks again by itself."""
    if not mails:
        return page("Outbox", "<p>No mail yet. Ask for a magic link, or sign up.</p>", REFRESH)
    return page("Outbox", f"<table>{_mail_head()}{_mail_rows(mails)}</table>", REFRESH)


def _mail_head() -> str:
    titles = ("To", "Subject", "From", "Sent (UTC)", "Link")
    return f"<thead><tr>{''.join(f'<th scope=col>{title}</th>' for title in titles)}</tr></thead>"


def _mail_rows(mails: Iterable[Mail]) -> str:
    return "".join(
        f"<tr><td>{escape(mail.to)}</td><td>{escape(mail.subject)}</td>"
        f"<td>{escape(mail.provider)}</td><td>{escape(mail.sent_at[:19].replace('T', ' '))}</td>"
        f'<td><a href="{escape(mail.link)}">Open</a></td></tr>'
        for mail in mails
    )


def _place(place: str) -> str:
    if not place.startswith("http"):
        return escape(place)
    return f'<a href="{escape(place)}">{escape(place)}</a>'
