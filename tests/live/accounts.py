"""The accounts at the real services that the environment names, for tests only.

Each function returns one account. It raises Missing where the environment has none, and Refused
where it has one that no test may use: a live project, or an address without TLS. Neither asks any
service.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

STYTCH_TEST = "https://test.stytch.com"
STYTCH_LIVE_HOSTS = ("api.stytch.com", "stytch.com")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
FOR_TESTS = "LIVE_SITE_FOR_TESTS"

Environ = Mapping[str, str]


class Missing(Exception):
    """No account is named; the text says which variables are not set."""


class Refused(Exception):
    """The account is not for tests, or a variable is wrong; the text says what to do."""


@dataclass(frozen=True)
class Account:
    """Where a service is."""

    url: str


@dataclass(frozen=True)
class StytchProject(Account):
    """A project's test environment."""

    project_id: str
    secret: str = field(repr=False)
    mailbox: str


@dataclass(frozen=True)
class IdentitySite(Account):
    """A site's Netlify Identity, and the access token of a user whose role there is `admin`."""

    operator_token: str = field(repr=False)
    mailbox: str


def stytch(environ: Environ) -> StytchProject:
    """The test project of LIVE_STYTCH_PROJECT_ID; LIVE_STYTCH_BASE_URL is its custom domain."""
    project_id, secret, mailbox = _values(
        environ, "LIVE_STYTCH_PROJECT_ID", "LIVE_STYTCH_SECRET", "LIVE_EMAIL"
    )
    _check_kind("LIVE_STYTCH_PROJECT_ID", project_id, "project-test-")
    _check_kind("LIVE_STYTCH_SECRET", secret, "secret-test-")
    url = _address("LIVE_STYTCH_BASE_URL", environ.get("LIVE_STYTCH_BASE_URL") or STYTCH_TEST)
    if urlsplit(url).hostname in STYTCH_LIVE_HOSTS:
        raise Refused(
            "LIVE_STYTCH_BASE_URL is Stytch's live environment: leave it out, or name the custom "
            "domain of the test environment."
        )
    return StytchProject(url, project_id, secret, _mailbox(mailbox))


def identity(environ: Environ) -> IdentitySite:
    """The Identity of LIVE_IDENTITY_URL, `https://<site>/.netlify/identity`."""
    url, token, mailbox = _values(
        environ, "LIVE_IDENTITY_URL", "LIVE_IDENTITY_OPERATOR_TOKEN", "LIVE_EMAIL"
    )
    address = _address("LIVE_IDENTITY_URL", url)
    _check_it_is_for_tests("LIVE_IDENTITY_URL", address, environ)
    return IdentitySite(address, token, _mailbox(mailbox))


def site(environ: Environ) -> Account:
    """The deployed site of LATCHKEY_BASE_URL."""
    [url] = _values(environ, "LATCHKEY_BASE_URL")
    address = _address("LATCHKEY_BASE_URL", url)
    _check_it_is_for_tests("LATCHKEY_BASE_URL", address, environ)
    return Account(address)


def is_here(url: str) -> bool:
    """Tell whether it is an address of this machine."""
    return urlsplit(url).hostname in LOOPBACK


def _values(environ: Environ, *names: str) -> list[str]:
    missing = [name for name in names if not environ.get(name)]
    if missing:
        raise Missing(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set")
    return [environ[name] for name in names]


def _check_kind(name: str, value: str, start: str) -> None:
    if not value.startswith(start):
        is_live = value.startswith(start.replace("-test-", "-live-"))
        what = "is of a live project" if is_live else "is of no test project"
        raise Refused(
            f"{name} {what}: these tests make and delete users, so it must begin with {start}."
        )


def _address(name: str, value: str) -> str:
    with contextlib.suppress(ValueError):
        parts = urlsplit(value)
        schemes = ("https", "http") if is_here(value) else ("https",)
        if parts.hostname and parts.scheme in schemes:
            return value.rstrip("/")
    raise Refused(f"{name} must be an address with https://, since secrets are sent to it.")


def _check_it_is_for_tests(name: str, url: str, environ: Environ) -> None:
    if not is_here(url) and environ.get(FOR_TESTS) != "yes":
        raise Refused(
            f"{name} may be a site that people use, and these tests make and delete users there. "
            f"If it is a site for tests alone, set {FOR_TESTS}=yes."
        )


def _mailbox(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", value):
        raise Refused(
            "LIVE_EMAIL must be an address of yours without a plus, such as me@example.org: mail "
            "goes to me+latchkey-live-…@example.org."
        )
    return value
