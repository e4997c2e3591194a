"""A page of the navigation below `/_dev/`, and the frame that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from local.dev_pages.dev_cloud import DevCloud
from local.dev_pages.in_force import in_force
from local.dev_pages.markup import Html, el, join

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Stricter than the site's policy in netlify.toml. Swagger UI's style sheet has `data:` images."""

PAGE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # without a referrer, a form's Origin would be null
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Frame:
    """Puts the content of a page into a whole document, with the navigation around it."""

    def __init__(self, cloud: DevCloud, pages: Sequence[DevPage]) -> None:
        self._cloud = cloud
        self._pages = pages

    def page(
        self, title: str, *content: Html | None, path: str = "", head: Html | None = None
    ) -> HTMLResponse:
        """Answer with a page; `path` is that of its entry in the navigation.

        `head` is what it loads in place of the styles of ordinary content.
        """
        document = self.document(title, join(*content), path=path, head=head)
        return HTMLResponse(document, headers=PAGE_HEADERS)

    def document(self, title: str, content: Html, *, path: str, head: Html | None) -> str:
        """Write the whole document."""
        return "<!doctype html>" + el(
            "html",
            el(
                "head",
                el("meta", charset="utf-8"),
                el("meta", name="viewport", content="width=device-width, initial-scale=1"),
                el("title", f"{title} - Latchkey local cloud"),
                el("link", rel="icon", href="/_dev/icon.svg"),
                el("link", rel="stylesheet", href="/_dev/frame.css"),
                head or el("link", rel="stylesheet", href="/_dev/content.css"),
                el("script", type="module", src="/_dev/page.js"),
            ),
            el(
                "body",
                el("a", "Skip to content", class_="skip-link", href="#main"),
                self._header(path),
                self._in_force(),
                el("main", el("h1", title), content, id="main", tabindex=-1),
                el("p", id="said", class_="said", role="status"),
            ),
            lang="en",
        )

    def _header(self, path: str) -> Html:
        links = [
            el(
                "li",
                el(
                    "a",
                    page.title,
                    href=f"/_dev{page.path}",
                    aria_current="page" if page.path == path else None,
                ),
            )
            for page in self._pages
        ]
        site = el("li", el("a", "Open the site", href="/"), class_="to-site")
        brand = join(
            el("img", src="/_dev/icon.svg", alt="", width=32, height=32),
            el("span", "Latchkey ", el("span", "local cloud", class_="muted")),
        )
        return el(
            "header",
            el("a", brand, class_="brand", href="/_dev/"),
            el("nav", el("ul", *links, site), aria_label="Local cloud"),
            class_="site-header",
        )

    def _in_force(self) -> Html:
        """What makes the local cloud behave differently now; empty when nothing does."""
        sentences = in_force(self._cloud)
        listed = el("ul", *(el("li", sentence) for sentence in sentences)) if sentences else None
        return el(
            "aside",
            el("strong", "In force") if listed else None,
            listed,
            el("a", "Change", href="/_dev/faults") if listed else None,
            id="in-force",
            class_="in-force",
            aria_label="In force",
            data_live="faults",
        )


class DevPage(NamedTuple):
    """A page of the navigation.

    `title` is a word or two, `path` begins with `/`. `routes` makes its routes, of what there is to
    show and of the frame around it.
    """

    title: str
    path: str
    routes: Callable[[DevCloud, Frame], Sequence[BaseRoute]]


def redirected(path: str) -> Response:
    """Answer a form: show the page at `path` (HTTP 303, so that a reload sends nothing again)."""
    return Response(status_code=303, headers={"Location": path, **PAGE_HEADERS})
