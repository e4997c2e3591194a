"""Which providers the local cloud has, and how the names of their settings begin."""

from __future__ import annotations

from collections.abc import Mapping

PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "netlify": ("NETLIFY_IDENTITY_", "IDENTITY_"),
    "stytch": ("STYTCH_",),
}


def chosen_providers(environ: Mapping[str, str]) -> frozenset[str]:
    """Read `PROVIDERS`; raises ValueError for a name that is none."""
    text = environ.get("PROVIDERS", ",".join(PROVIDERS))
    chosen = frozenset(word.strip() for word in text.split(","))
    if chosen <= set(PROVIDERS):
        return chosen
    raise ValueError(f"PROVIDERS is netlify, stytch, or both (netlify,stytch), not {text!r}")


def without_absent(settings: Mapping[str, str], providers: frozenset[str]) -> dict[str, str]:
    """Return the settings but for those of providers that are not among these."""
    absent = tuple(
        prefix
        for provider, prefixes in PROVIDERS.items()
        if provider not in providers
        for prefix in prefixes
    )
    return {name: value for name, value in settings.items() if not name.startswith(absent)}
