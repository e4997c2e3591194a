"""Checks Stytch: its credentials, and whether the landing page of magic links is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from local.doctor.finding import Finding
from local.doctor.service import Answer, Unreachable, ask
from local.settings import Settings

HOSTS = {
    "project-test-": "https://test.stytch.com",
    "project-live-": "https://api.stytch.com",
}
EMULATORS = {("http", host) for host in ("localhost", "127.0.0.1", "::1")}
SANDBOX_ADDRESS = "sandbox@stytch.com"  # Stytch sends nothing to it, in the test environment
REDIRECT_ERRORS = frozenset(
    {
        "no_match_for_provided_magic_link_url",
        "no_login_redirect_urls_set",
        "no_signup_redirect_urls_set",
    }
)


def check_stytch(settings: Settings) -> Iterator[Finding]:
    if not settings.has_stytch:
        return
    if settings.emulates_stytch:
        yield Finding(
            "ok", "the emulator; STYTCH_PROJECT_ID and STYTCH_SECRET choose the real Stytch"
        )
        return
    if not _is_usable(settings.environ.get("STYTCH_BASE_URL")):
        yield Finding(
            "problem",
            "STYTCH_BASE_URL is not the origin of a custom domain.",
            "It looks like https://login.example.com; http:// is for an emulator on this machine.",
        )
        return
    base_url = _base_url(settings)
    if base_url is None:
        yield Finding(
            "problem",
            "STYTCH_PROJECT_ID starts with neither project-test- nor project-live-.",
            "Copy it from the API keys in Stytch's dashboard.",
        )
        return
    try:
        yield from _examine(settings, base_url)
    except Unreachable as error:
        yield Finding(
            "problem", f"{base_url} does not answer ({error}).", "Check the network and any proxy."
        )


def _is_usable(base_url: str | None) -> bool:
    """Tell whether the functions take it: an https origin, or an emulator's on this machine."""
    if base_url is None:
        return True
    try:
        parts = urlsplit(base_url)
    except ValueError:
        return False
    is_safe = parts.scheme == "https" or (parts.scheme, parts.hostname) in EMULATORS
    return is_safe and bool(parts.hostname) and not (parts.path.strip("/") or parts.query)


def _base_url(settings: Settings) -> str | None:
    if "STYTCH_BASE_URL" in settings.environ:
        return settings.environ["STYTCH_BASE_URL"].rstrip("/")
    hosts = [
        host for prefix, host in HOSTS.items() if settings.stytch_project_id.startswith(prefix)
    ]
    return hosts[0] if hosts else None


def _examine(settings: Settings, base_url: str) -> Iterator[Finding]:
    credentials = (settings.stytch_project_id, settings.stytch_secret)
    answer = ask("GET", f"{base_url}/v1/debug/whoami", auth=credentials)
    if answer.status != 200:
        yield _refused(answer)
        return
    name = answer.document.get("name", settings.stytch_project_id)
    yield Finding("ok", f"credentials are valid (project {name}, at {base_url})")
    if settings.stytch_project_id.startswith("project-live-"):
        yield Finding(
            "note", "a live project: see in the dashboard that its redirect URLs hold the site's."
        )
        return
    landing = f"{settings.base_url}/api/authenticate"
    urls = {"login_magic_link_url": landing, "signup_magic_link_url": landing}
    yield judge_landing(
        landing,
        ask(
            "POST",
            f"{base_url}/v1/magic_links/email/login_or_create",
            json={"email": SANDBOX_ADDRESS, **urls},
            auth=credentials,
        ),
    )


def _refused(answer: Answer) -> Finding:
    if answer.status in (401, 403, 404):
        return Finding(
            "problem",
            f"Stytch refuses the credentials ({answer.document.get('error_type', answer.status)}).",
            "Copy STYTCH_PROJECT_ID and STYTCH_SECRET again; both belong to one environment.",
        )
    return Finding(
        "problem", f"Stytch answers {answer.status}.", "Try again; see status.stytch.com."
    )


def judge_landing(landing: str, answer: Answer) -> Finding:
    """Judge the landing page by Stytch's answer to a link for the sandbox address."""
    if answer.status == 200:
        return Finding("ok", f"magic links may lead to {landing}")
    error_type = answer.document.get("error_type", answer.status)
    if error_type in REDIRECT_ERRORS:
        return Finding(
            "problem",
            f"magic links may not lead to {landing}.",
            "Add it in Stytch's dashboard, Redirect URLs, for login, signup and invite.",
        )
    return Finding("note", f"whether magic links may lead to {landing} is unknown ({error_type}).")
