"""The profile page: who is signed in, the users, signing out, and deleting one's account."""

from __future__ import annotations

import pytest
import requests
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.browser.conftest import OpenAs
from tests.e2e.browser.site import Account, Site, new_address, new_long_address


def invite(page: Page, email: str, role: str = "member", way_in: str = "a magic link") -> None:
    form = page.locator("#invite-form")
    form.get_by_label("E-mail").fill(email)
    form.get_by_label("Name").fill("Dorothy Vaughan")
    form.get_by_label("Role").select_option(role)
    form.get_by_label("Signs in with").select_option(way_in)
    form.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text(f"An invitation is on its way to {email}.")).to_be_visible()


def user_row(page: Page, email: str) -> Locator:
    return page.get_by_role("region", name="Users").get_by_role("listitem").filter(has_text=email)


def delete_account(page: Page, typed: str) -> None:
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_label("Type your e-mail address").fill(typed)
    page.get_by_role("button", name="Delete account").click()


def test_the_profile_says_who_is_signed_in_and_how(open_as: OpenAs, ada: Account) -> None:
    page = open_as(ada, "/profile")
    expect(page.locator("#me-name")).to_have_text("Ada Lovelace")
    expect(page.locator("#me-email")).to_have_text("ada@example.com")
    expect(page.locator("#me-method")).to_contain_text("Netlify Identity")
    expect(page.locator("#me-roles")).to_have_text("admin")


def test_a_long_address_in_place_of_a_name_fits_on_a_phone(open_as: OpenAs, site: Site) -> None:
    nameless = site.sign_up(new_long_address(), name="")
    page = open_as(nameless, "/profile", viewport={"width": 320, "height": 640})

    expect(page.locator("#me-name")).to_have_text(nameless.email)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_visitor_without_a_session_is_sent_to_sign_in(page: Page) -> None:
    page.goto("/profile")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Please sign in to continue.")).to_be_visible()


def test_an_admin_invites_somebody_who_gets_a_mail(
    open_as: OpenAs, site: Site, ada: Account
) -> None:
    email = new_address()
    page = open_as(ada, "/profile")
    invite(page, email)
    expect(user_row(page, email)).to_contain_text("Dorothy Vaughan")
    assert site.mail_link(email)


def test_an_admin_invites_another_by_netlify_identity(
    open_as: OpenAs, site: Site, ada: Account
) -> None:
    email = new_address()
    page = open_as(ada, "/profile")
    invite(page, email, role="admin", way_in="a password")
    expect(user_row(page, email)).to_contain_text("Netlify Identity, has not signed in yet")
    assert "#invite_token=" in site.mail_link(email)


def test_an_admin_deletes_a_user(open_as: OpenAs, ada: Account) -> None:
    email = new_address()
    page = open_as(ada, "/profile")
    invite(page, email)
    user_row(page, email).get_by_role("button", name="Delete").click()
    expect(page.get_by_text(f"Delete {email} and their sign-in at Stytch?")).to_be_visible()
    page.get_by_role("button", name="Delete user", exact=True).click()
    expect(page.get_by_text(f"{email} was deleted.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="Users")).to_have_attribute("aria-busy", "false")
    expect(user_row(page, email)).to_have_count(0)


def test_a_member_is_offered_no_invitations(open_as: OpenAs, grace: Account) -> None:
    page = open_as(grace, "/profile")
    expect(page.locator("#me-email")).to_have_text(grace.email)
    expect(page.get_by_role("heading", name="Invite somebody")).to_be_hidden()


def test_signing_out_ends_the_session_here_and_at_identity(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    page = open_as(member, "/profile")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    refresh = {"grant_type": "refresh_token", "refresh_token": member.token["refresh_token"]}
    answer = requests.post(f"{site.identity_url}/token", data=refresh, timeout=5)
    assert answer.status_code == 400


def test_signing_out_ends_a_magic_link_session(page: Page, site: Site) -> None:
    email = new_address()
    page.get_by_label("E-mail for a magic link").fill(email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.goto(site.mail_link(email))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto("/profile")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_signing_out_in_one_tab_signs_out_the_other(open_as: OpenAs, member: Account) -> None:
    first = open_as(member)
    second = first.context.new_page()
    second.goto("/profile")
    second.get_by_role("button", name="Sign out").click()
    expect(first.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_account_with_very_many_issues_is_deleted_by_more_than_one_request(
    open_as: OpenAs, member: Account
) -> None:
    page = open_as(member, "/profile")
    told = {
        "code": "deletion_unfinished",
        "detail": "512 issues are left to delete. Go on.",
    }
    unfinished = {"status": 503, "json": told, "headers": {"Retry-After": "1"}}
    held: list[Route] = []
    page.route("**/api/account", lambda route: held.append(route))
    page.route("**/api/account", lambda route: route.fulfill(**unfinished), times=1)

    delete_account(page, member.email)

    expect(page.get_by_text("512 issues are left to delete.")).to_be_visible()
    held[0].continue_()
    expect(page.get_by_text("Your account and everything that belonged")).to_be_visible()


def test_a_deleted_account_cannot_sign_in_again(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    page = open_as(member, "/profile")
    delete_account(page, member.email)
    expect(page.get_by_text("Your account and everything that belonged")).to_be_visible()
    with pytest.raises(requests.HTTPError):
        site.sign_in(member.email)


def test_the_deletion_says_what_it_deletes_and_what_it_does_not(
    open_as: OpenAs, member: Account
) -> None:
    page = open_as(member, "/profile")
    page.get_by_role("button", name="Delete my account").click()
    dialog = page.get_by_role("dialog", name="Delete your account?")
    expect(dialog).to_contain_text("your issues, all of them")
    expect(dialog).to_contain_text("your entry in the list of users")
    expect(dialog).to_contain_text(f"your sign-in at Netlify Identity, with {member.email}")
    expect(dialog).to_contain_text(
        f"If you also sign in as {member.email} with a magic link (Stytch), "
        "that is another account: it stays, with its issues."
    )


def test_the_buttons_of_the_deletion_stand_in_one_row_on_a_phone(
    open_as: OpenAs, member: Account
) -> None:
    page = open_as(member, "/profile", viewport={"width": 320, "height": 640})
    page.get_by_role("button", name="Delete my account").click()
    cancel = page.get_by_role("button", name="Cancel").bounding_box()
    delete = page.get_by_role("button", name="Delete account").bounding_box()
    assert cancel
    assert delete
    assert cancel["y"] == delete["y"]
    assert delete["x"] + delete["width"] <= 320 - 16


def test_people_of_both_providers_are_listed(
    open_as: OpenAs, page: Page, site: Site, member: Account
) -> None:
    page.get_by_label("E-mail for a magic link").fill(member.email)
    page.get_by_role("button", name="E-mail me a link").click()
    expect(page.get_by_role("heading", name="Check your mail")).to_be_visible()
    page.goto(site.mail_link(member.email))
    expect(page.locator("#me-method")).to_contain_text("magic link")
    other = open_as(member, "/profile")
    expect(user_row(other, member.email).filter(has_text="Netlify Identity")).to_have_count(1)
    expect(user_row(other, member.email).filter(has_text="Stytch")).to_have_count(1)


def test_a_mistyped_confirmation_deletes_nothing(
    open_as: OpenAs, site: Site, member: Account
) -> None:
    page = open_as(member, "/profile")
    delete_account(page, "somebody@example.com")
    field = page.get_by_label("Type your e-mail address")
    expect(field).to_have_accessible_description(f"Type {member.email} exactly.")
    assert site.sign_in(member.email).access_token
