"""GET /settings, /health, /authorize, and paths that are none."""

from __future__ import annotations

import pytest
import requests


def test_settings_offer_e_mail_and_no_external_provider(identity):
    answer = identity.get("/settings")

    assert answer.status_code == 200
    assert answer.json() == {
        "external": {
            "bitbucket": False,
            "github": False,
            "gitlab": False,
            "google": False,
            "facebook": False,
            "email": True,
            "saml": False,
        },
        "external_labels": {},
        "disable_signup": False,
        "autoconfirm": False,
    }


def test_settings_show_that_sign_up_is_closed(start):
    assert start(disable_signup=True).get("/settings").json()["disable_signup"] is True


def test_settings_show_that_nobody_needs_to_confirm(start):
    assert start(autoconfirm=True).get("/settings").json()["autoconfirm"] is True


def test_health_names_gotrue(identity):
    answer = identity.get("/health")

    assert answer.status_code == 200
    about = answer.json()
    assert isinstance(about.pop("version"), str)
    assert about == {
        "name": "GoTrue",
        "description": "GoTrue is a user registration and authentication API",
    }


@pytest.mark.parametrize(
    ("provider", "reason"),
    [
        ("github", "Provider is not enabled"),
        ("GitLab", "Provider is not enabled"),
        ("saml", "SAML Provider is not enabled"),
        ("nobody", "Provider nobody could not be found"),
        ("", "Provider  could not be found"),
    ],
)
def test_an_external_provider_is_refused_with_the_reason(identity, provider, reason):
    answer = identity.get("/authorize", params={"provider": provider})

    assert answer.status_code == 400
    assert answer.json() == {"code": 400, "msg": f"Unsupported provider: {reason}"}


@pytest.mark.parametrize("path", ["/nowhere", "/settings/", "//settings", "/saml/nowhere"])
def test_an_unknown_path_is_answered_as_by_the_router_of_gotrue(identity, path):
    answer = identity.get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text == "404 page not found\n"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("HEAD", "/settings", "GET"),
        ("POST", "/health", "GET"),
        ("GET", "/signup", "POST"),
        ("GET", "/logout", "POST"),
        ("OPTIONS", "/token", "POST"),
    ],
)
def test_a_wrong_method_is_told_what_is_allowed(identity, method, path, allowed):
    answer: requests.Response = identity.request(method, path)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == allowed
    assert answer.content == b""


@pytest.mark.parametrize(
    ("path", "allowed"), [("/user", {"GET", "PUT"}), ("/admin/users", {"GET", "POST"})]
)
def test_a_path_for_callers_with_a_token_tells_it_them_alone(identity, path, allowed):
    identity.confirmed_user("lin@example.com")
    bearer = identity.operator() if "admin" in path else identity.bearer("lin@example.com")

    assert identity.delete(path).status_code == 401
    answer: requests.Response = identity.delete(path, headers=bearer)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/user/nowhere", "/admin/nowhere"])
def test_what_lies_below_a_path_for_callers_with_a_token_is_hidden_from_others(identity, path):
    assert identity.get(path).status_code == 401
    assert identity.get(path, headers=identity.operator()).status_code == 404
