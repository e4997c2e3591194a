"""What `netlify.toml` says about the site: publish folder, redirects and headers.

Source: docs.netlify.com, "File-based configuration", "Redirects and rewrites", "Custom headers".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.netlify.redirects import Redirect

KNOWN_REDIRECT_KEYS = frozenset({"from", "to", "status", "force"})


class SiteConfigError(ValueError):
    """The file cannot be read, or asks for what the local cloud cannot do; the message says."""


@dataclass(frozen=True)
class HeaderRule:
    """Holds response headers for the paths that `pattern` matches."""

    pattern: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class SiteConfig:
    """Holds the parts of `netlify.toml` that decide how a request is answered."""

    publish: Path
    redirects: tuple[Redirect, ...]
    headers: tuple[HeaderRule, ...]


def load_site_config(path: Path) -> SiteConfig:
    """Read `netlify.toml`; raises SiteConfigError for a rule that would be silently ignored."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SiteConfigError(f"{path.name} is not TOML: {error}") from error
    return SiteConfig(
        publish=path.parent / document["build"]["publish"],
        redirects=tuple(_redirect(rule) for rule in document.get("redirects", [])),
        headers=tuple(
            HeaderRule(pattern=rule["for"], values=rule["values"])
            for rule in document.get("headers", [])
        ),
    )


def _redirect(rule: Mapping[str, Any]) -> Redirect:
    source = rule["from"]
    if unknown := rule.keys() - KNOWN_REDIRECT_KEYS:
        names = ", ".join(sorted(unknown))
        raise SiteConfigError(f"redirect {source}: the local cloud does not know {names}")
    if source.startswith("/.netlify"):
        raise SiteConfigError(f"redirect {source}: Netlify ignores rules below /.netlify")
    redirect = Redirect(
        source=source,
        target=rule["to"],
        status=rule.get("status", 301),
        force=rule.get("force", False),
    )
    if not redirect.is_rewrite or redirect.target.startswith("/"):
        return redirect
    raise SiteConfigError(f"redirect {source}: the local cloud does not proxy to {redirect.target}")
