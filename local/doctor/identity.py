"""Checks Netlify Identity: whether the site in the settings has it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from local.doctor.finding import Finding
from local.doctor.service import Unreachable, ask
from local.settings import Settings

SETTING = "NETLIFY_IDENTITY_URL"


def check_identity(settings: Settings) -> Iterator[Finding]:
    if not settings.has_identity:
        return
    url = settings.environ.get(SETTING)
    if url is None:
        yield Finding("ok", f"the emulator; {SETTING} names a real one")
        return
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        yield Finding(
            "problem",
            f"{SETTING} is not a URL.",
            "It looks like https://your-site.netlify.app/.netlify/identity",
        )
        return
    yield _examine(url.rstrip("/"))


def _examine(url: str) -> Finding:
    try:
        answer = ask("GET", f"{url}/settings")
    except Unreachable as error:
        return Finding("problem", f"{url} does not answer ({error}).", f"Check {SETTING}.")
    if answer.status == 200 and "external" in answer.document:
        signup = "closed" if answer.document.get("disable_signup") else "open"
        return Finding("ok", f"{url} answers; sign-up is {signup}")
    return Finding(
        "problem",
        f"{url} is not a Netlify Identity (status {answer.status}).",
        "Enable Identity for the site, and give its address with /.netlify/identity at the end.",
    )
