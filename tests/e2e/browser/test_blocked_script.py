"""A script that the site's policy blocks, as the page of a static export has it."""

from __future__ import annotations

from playwright.sync_api import Page

INSERT_A_SCRIPT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
}"""


def test_the_browser_reports_the_script_to_the_local_cloud(page: Page) -> None:
    page.goto("/")

    with page.context.expect_event("response", lambda one: "policy-reports" in one.url) as reported:
        page.evaluate(INSERT_A_SCRIPT)

    assert reported.value.status == 204
    assert page.evaluate("window.ran") is None
