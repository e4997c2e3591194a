"""The examples of docs/front-ends.md in a browser, as they stand there, under the site's policy.

The one in React is bundled by esbuild. It needs Node packages, which `make types` and
`make test-clients` install; without them its test is skipped, or fails with `REQUIRE_E2E=1`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.clients.front_end import node
from tests.e2e.browser.site import PASSWORD, Account, Site, new_title
from tests.e2e.conftest import give_up

TEXT = (node.ROOT / "docs/front-ends.md").read_text()
REACT_PAGE = """<!doctype html><html lang="en"><title>Issues</title><div id="root"></div>
<script type="module" src="/main.js"></script></html>"""
REACT_MAIN = """
import { createRoot } from "react-dom/client";
import { Issues } from "./Issues.jsx";
createRoot(document.getElementById("root")).render(<Issues />);
"""


def example(file: str) -> str:
    """The block below the line of the page that names the file."""
    found = re.search(rf"^[^\n]*{re.escape(file)}`:\n\n```\w+\n(.*?)^```$", TEXT, re.M | re.S)
    assert found, f"docs/front-ends.md has no {file}"
    return found[1]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser says of the page's Content-Security-Policy."""
    return []


@pytest.fixture
def serve(
    new_context: Callable[..., BrowserContext], site: Site, complaints: list[str]
) -> Callable[..., Page]:
    """Opens the page `/issues.html` of the site, which has these files, too."""
    page = new_context().new_page()
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Security Policy" in said.text else None,
    )

    def open_page(files: dict[str, str]) -> Page:
        policy = page.goto("/404").headers["content-security-policy"]
        for path, text in files.items():
            page.route(f"{site.url}/{path}", answer(path, text, policy))
        page.goto("/issues.html")
        return page

    return open_page


def answer(path: str, text: str, policy: str) -> Callable[[Route], None]:
    kind = "text/html" if path.endswith(".html") else "text/javascript"
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": policy}
    return lambda route: route.fulfill(headers=headers, body=text)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example in React with a copy of the module, as a project with a bundler has them."""
    if not node.is_installed():
        give_up("the Node packages are missing: make types")
    folder = tmp_path_factory.mktemp("react")
    (folder / "Issues.jsx").write_text(example("Issues.jsx"))
    (folder / "main.jsx").write_text(REACT_MAIN)
    shutil.copy(node.ROOT / "public/latchkey.js", folder)
    built = folder / "main.js"
    options = ("--bundle", "--jsx=automatic", "--format=esm", f"--outfile={built}")
    done = node.run("esbuild/bin/esbuild", folder / "main.jsx", *options)
    assert done.returncode == 0, done.stdout
    return Path(built).read_text()


def use_the_example(page: Page, member: Account) -> str:
    """Sign in and add an issue; answers its title."""
    page.get_by_label("E-mail").fill(member.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("password invalid")
    page.get_by_label("E-mail").fill(member.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    title = new_title()
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("listitem")).to_have_text([title])
    expect(page.get_by_role("alert")).to_be_empty()
    return title


def test_the_example_in_html_signs_in_and_adds(
    serve: Callable[..., Page], complaints: list[str], site: Site, member: Account
) -> None:
    page = serve({name: example(f"public/{name}") for name in ("issues.html", "issues.js")})

    title = use_the_example(page, member)

    assert site.titles_of(member) == [title]
    assert complaints == []


def test_the_example_in_react_signs_in_and_adds(
    serve: Callable[..., Page], bundle: str, complaints: list[str], site: Site, member: Account
) -> None:
    page = serve({"issues.html": REACT_PAGE, "main.js": bundle})

    title = use_the_example(page, member)

    assert site.titles_of(member) == [title]
    assert complaints == []
