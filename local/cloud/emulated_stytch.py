"""How the local cloud sets up the Stytch emulator, and passes its front-end API on."""

from __future__ import annotations

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from local import stytch
from local.kit.mount import Mount
from local.settings import LOCAL_STYTCH_PUBLIC_TOKEN, Settings

MAGIC_LINK_PATHS = (
    "/.netlify/functions/authenticate",
    "/api/authenticate",
    "/api/authenticate_magic_link",
)
SIGN_IN_PAGE = "/authenticate"  # where Stytch lets links lead in a new project


def stytch_config(settings: Settings) -> stytch.StytchConfig:
    """Configure the project: links may lead to the functions, and to the pages of a front end."""
    origins = dict.fromkeys((settings.base_url, settings.web_url, settings.aws_url))
    pages = _page_origins(settings)
    return stytch.StytchConfig(
        project_id=settings.stytch_project_id,
        secret=settings.stytch_secret,
        redirect_urls=(
            *(origin + path for origin in origins for path in MAGIC_LINK_PATHS),
            *(origin + SIGN_IN_PAGE for origin in pages),
            *_words(settings.environ.get("STYTCH_REDIRECT_URLS", "")),
        ),
        public_token=LOCAL_STYTCH_PUBLIC_TOKEN,
        authorized_domains=pages,
        webhook_urls=(f"{settings.web_url}/api/webhooks/stytch",),
        webhook_secret=settings.stytch_webhook_secret,
    )


def front_end_route(stytch_app: ASGIApp) -> BaseRoute:
    """Serve the front-end API at the site's own origin, to which its policy lets pages connect."""

    async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
        await stytch_app({**scope, "root_path": ""}, receive, send)

    return Mount(stytch.FRONT_END_PATH, app=mounted)


def _page_origins(settings: Settings) -> tuple[str, ...]:
    """Return the origins of the site's pages, and of those that may call the functions."""
    others = (origin.rstrip("/") for origin in _words(settings.environ.get("ALLOWED_ORIGINS", "")))
    return tuple(dict.fromkeys((settings.base_url, settings.web_url, *others)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
