"""Every page works by keyboard, names its controls, has contrast, stays still, and logs nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browser import axe
from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.contrast import faint_texts
from tests.e2e.browser.site import PASSWORD, Account, Site, new_title

UNNAMED_CONTROLS = """() => [...document.querySelectorAll("input, select, button, a[href]")]
  .filter((control) => control.checkVisibility())
  .filter((control) => !control.ariaLabel && !control.labels?.length && !control.innerText.trim())
  .map((control) => control.outerHTML)"""
DUPLICATE_IDS = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}"""
FOCUS_IS_VISIBLE = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
LAYOUT_SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 300);
})"""
GOOD_LAYOUT_SHIFT = 0.1  # https://web.dev/articles/cls: "good" is 0.1 or less


def show_board(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")


def show_profile(page: Page) -> None:
    page.goto("/profile")
    expect(page.get_by_role("region", name="Users")).to_have_attribute("aria-busy", "false")


def show_list(page: Page) -> None:
    page.goto("/?status=to-do")
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")


def show_nothing(page: Page) -> None:
    page.goto("/?status=in+progress&assignee=me")
    expect(page.get_by_role("region", name="Issues")).to_have_attribute("aria-busy", "false")


def show_undo(page: Page) -> None:
    show_list(page)
    page.get_by_role("button", name="Delete").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def show_title_field(page: Page) -> None:
    show_board(page)
    page.get_by_role("button", name="Rename").first.click()
    expect(page.get_by_label("New title").locator("visible=true")).to_be_focused()


def show_deletion(page: Page) -> None:
    show_profile(page)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def show_missing_page(page: Page) -> None:
    page.goto("/404")


def show_spent_link(page: Page) -> None:
    page.goto("/?error=link_expired")
    expect(page.locator("#local-cloud")).to_be_visible()


def show_sign_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Create an account").click()


def show_recovery(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Forgot your password?").click()


def show_new_password(page: Page) -> None:
    page.goto("/#invite_token=any")
    expect(page.get_by_label("New password")).to_be_visible()


@pytest.fixture
def issue(site: Site, grace: Account) -> None:
    site.create_issue(grace, new_title())


VIEWS = pytest.mark.parametrize("show", [show_board, show_profile])
SIGNED_IN = pytest.mark.parametrize(
    "show",
    [
        show_board,
        show_list,
        show_nothing,
        show_undo,
        show_title_field,
        show_profile,
        show_deletion,
        show_missing_page,
    ],
)
SIGNED_OUT = pytest.mark.parametrize(
    "show", [show_spent_link, show_sign_up, show_recovery, show_new_password]
)
WIDTHS = pytest.mark.parametrize("width", [320, 1280])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def test_the_keyboard_alone_signs_in_adds_and_renames(page: Page) -> None:
    title = new_title()
    form = page.locator("#sign-in-form")
    expect(form).to_be_visible()
    form.get_by_label("E-mail").focus()
    page.keyboard.type("grace@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Issues", exact=True)).to_be_visible()
    page.get_by_label("Title of the new issue").focus()
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    rename = page.get_by_role("button", name=f"Rename “{title}”")
    expect(rename).to_be_visible()
    rename.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(f"{title} twice")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Rename “{title} twice”")).to_be_focused()


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_each_tab_stop_of_the_board_shows_its_focus(
    open_as: OpenAs, grace: Account, issue: None
) -> None:
    page = open_as(grace)
    show_board(page)
    page.get_by_label("Title of the new issue").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_VISIBLE)


def test_the_focus_moves_to_the_next_issue_when_its_own_is_deleted(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    kept, deleted = new_title(), new_title()
    site.create_issue(member, kept)
    site.create_issue(member, deleted)
    page = open_as(member)
    page.get_by_role("button", name=f"Delete “{deleted}”").click()
    expect(page.get_by_label(f"Status of “{kept}”")).to_be_focused()


@SCHEMES
@WIDTHS
@SIGNED_IN
def test_axe_finds_nothing_on_a_signed_in_page(
    open_as: OpenAs,
    grace: Account,
    issue: None,
    show: Callable[[Page], None],
    scheme: str,
    width: int,
) -> None:
    viewport = {"width": width, "height": 800}
    page = open_as(grace, "/404", color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    show(page)
    assert axe.violations(page) == []


@SCHEMES
@WIDTHS
@SIGNED_OUT
def test_axe_finds_nothing_on_a_signed_out_page(
    new_context: Callable[..., BrowserContext],
    show: Callable[[Page], None],
    scheme: str,
    width: int,
) -> None:
    viewport = {"width": width, "height": 800}
    context = new_context(color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    page = context.new_page()
    show(page)
    assert axe.violations(page) == []


@SCHEMES
def test_the_sign_in_card_has_enough_contrast(
    new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = new_context(color_scheme=scheme).new_page()
    page.goto("/")
    expect(page.locator("#local-cloud")).to_be_visible()
    assert faint_texts(page) == []


@SCHEMES
@VIEWS
def test_a_signed_in_page_has_enough_contrast(
    open_as: OpenAs, ada: Account, issue: None, show: Callable[[Page], None], scheme: str
) -> None:
    page = open_as(ada, "/404", color_scheme=scheme)
    show(page)
    assert faint_texts(page) == []


@VIEWS
def test_every_control_has_a_name(
    open_as: OpenAs, ada: Account, issue: None, show: Callable[[Page], None]
) -> None:
    page = open_as(ada, "/404")
    show(page)
    assert page.evaluate(UNNAMED_CONTROLS) == []


@VIEWS
def test_no_id_is_used_twice(
    open_as: OpenAs, ada: Account, issue: None, show: Callable[[Page], None]
) -> None:
    page = open_as(ada, "/404")
    show(page)
    assert page.evaluate(DUPLICATE_IDS) == []


@VIEWS
def test_a_page_barely_shifts_while_it_loads(
    open_as: OpenAs, grace: Account, issue: None, show: Callable[[Page], None]
) -> None:
    page = open_as(grace, "/404")
    show(page)
    assert page.evaluate(LAYOUT_SHIFT) <= GOOD_LAYOUT_SHIFT


def test_the_sign_in_page_barely_shifts_when_it_knows_the_ways_in(page: Page) -> None:
    expect(page.locator("#magic-link-form")).to_be_visible()

    assert page.evaluate(LAYOUT_SHIFT) <= GOOD_LAYOUT_SHIFT


@SIGNED_IN
def test_a_phone_needs_no_sideways_scrolling(
    open_as: OpenAs, grace: Account, issue: None, show: Callable[[Page], None]
) -> None:
    page = open_as(grace, "/404", viewport={"width": 320, "height": 640})
    show(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@VIEWS
def test_a_signed_in_page_logs_nothing_and_breaks_no_policy(
    open_as: OpenAs, ada: Account, issue: None, show: Callable[[Page], None]
) -> None:
    page = open_as(ada, "/profile")
    logged = collect_log(page)
    show(page)
    assert logged == []


def test_the_sign_in_card_logs_nothing_and_breaks_no_policy(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context().new_page()
    logged = collect_log(page)
    page.goto("/")
    expect(page.locator("#local-cloud")).to_be_visible()
    assert logged == []


@VIEWS
def test_a_signed_in_page_asks_no_other_site(
    open_as: OpenAs, site: Site, ada: Account, issue: None, show: Callable[[Page], None]
) -> None:
    page = open_as(ada, "/404")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(page)
    assert [url for url in asked if not url.startswith(f"{site.url}/")] == []


@pytest.mark.parametrize("path", ["/", "/profile"])
def test_without_scripts_a_page_says_what_it_needs(
    new_context: Callable[..., BrowserContext], path: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(path)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text("Latchkey needs JavaScript.")
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_pages_are_served_with_a_policy_that_allows_no_foreign_script(page: Page) -> None:
    answer = page.request.get("/")
    assert "script-src 'self';" in answer.headers["content-security-policy"]


def collect_log(page: Page) -> list[str]:
    """Grows with each console message (a policy violation is one) and each exception."""
    logged: list[str] = []
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on(
        "console",
        lambda message: logged.append(message.text),
    )
    return logged
