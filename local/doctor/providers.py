"""Checks the providers: which sign-ins the local cloud has."""

from __future__ import annotations

from collections.abc import Iterator

from local.doctor.finding import Finding
from local.settings import Settings


def check_providers(settings: Settings) -> Iterator[Finding]:
    names = {"Netlify Identity": settings.has_identity, "Stytch": settings.has_stytch}
    there = " and ".join(name for name, is_there in names.items() if is_there)
    choice = "" if all(names.values()) else " alone (PROVIDERS)"
    yield Finding("ok", f"people sign in with {there}{choice}")
