"""Stytch's own SDK, as released, in a page of the local cloud and in a real Chromium.

Needs Chromium, and `npm ci` in tests/clients/stytch (`make test-clients` does it). Without them the
tests are skipped, unless `REQUIRE_E2E=1` makes that a failure.
"""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.browser.site import Site
from tests.e2e.conftest import give_up
from tests.support.clouds import ready_cloud
from tests.support.running_cloud import RunningCloud

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "tests/clients/stytch/node_modules/@stytch/vanilla-js"
HTML = '<!doctype html><script type="module" src="/main.js"></script><output></output>'
PATIENCE_MS = 30_000  # a cold start on a busy machine

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OtherServer]:
    """A front end's own server, which has the package and what a test puts into its folder."""
    if not PACKAGE.is_dir():
        give_up("Stytch's SDK is missing: npm ci in tests/clients/stytch")
    server = OtherServer(tmp_path_factory.mktemp("front_end"))
    (server.folder / "package").symlink_to(PACKAGE)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def cloud(
    tmp_path_factory: pytest.TempPathFactory, other_server: OtherServer
) -> Iterator[RunningCloud]:
    """Its functions ask Stytch about every session, and so renew the cookies each time."""
    with ready_cloud(
        tmp_path_factory,
        SESSION_IN_SCRIPT="on",
        STYTCH_JWT_MAX_AGE="0",
        ALLOWED_ORIGINS=other_server.url,
        STYTCH_REDIRECT_URLS=f"{other_server.url}/sign-in.html",
    ) as running:
        yield running


@pytest.fixture(scope="session")
def site(cloud: RunningCloud) -> Site:
    return Site(cloud.url)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser says of the pages' Content-Security-Policy."""
    return []


@pytest.fixture
def asked_elsewhere() -> list[str]:
    """What the page has asked of any other origin than the site's."""
    return []


@pytest.fixture
def serve(
    browser: Browser, site: Site, complaints: list[str], asked_elsewhere: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site, which has these files and all of the package, too."""
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Security Policy" in said.text else None,
    )
    page.on(
        "request",
        lambda sent: None if sent.url.startswith(site.url) else asked_elsewhere.append(sent.url),
    )

    def open_page(path: str, files: dict[str, str], origin: str = site.url) -> Page:
        policy = page.goto("/404").headers["content-security-policy"]
        for name, text in files.items():
            page.route(f"{origin}/{name}", answer(name, text, policy))
            page.route(f"{origin}/{name}?*", answer(name, text, policy))
        page.route(f"{origin}/package/**", from_the_package)
        page.goto(f"{origin}{path}")
        return page

    yield open_page
    context.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """An empty tab."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Log nothing."""


class OtherServer:
    """Serves the files of a folder at a free port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        handler = partial(QuietHandler, directory=folder)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://localhost:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def answer(name: str, text: str, policy: str) -> Callable[[Route], None]:
    kind = "text/javascript" if name.endswith(".js") else "text/html"
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": policy}
    return lambda route: route.fulfill(headers=headers, body=text)


def from_the_package(route: Route) -> None:
    """Answer a file as it was released."""
    file = PACKAGE / route.request.url.partition("/package/")[2]
    kind = "text/javascript" if file.suffix == ".mjs" else mimetypes.guess_type(file)[0]
    route.fulfill(path=file, content_type=kind)


def main_js(token: str, api: str = "") -> str:
    """The client is `stytch`, and `ask` calls functions: at the page's origin, or at `api`.

    The page's output is the address of the person whom the client knows, or `nobody`.
    """
    return f"""
        import {{ StytchClient }} from "/package/dist/esm/index.headless.mjs";
        const api = "{api}" || location.origin;
        window.stytch = new StytchClient("{token}", {{ endpoints: {{ testAPIURL: api }} }});
        const show = () => {{
            const user = stytch.user.getSync();
            document.querySelector("output").textContent = user?.emails[0].email ?? "nobody";
        }};
        stytch.onStateChange(show);
        show();
        window.ask = (path) => fetch(api + path, {{ credentials: "include" }});
    """
