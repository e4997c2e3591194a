"""GET /settings, /health, /authorize, and paths that are none."""

from __future__ import annotations

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
    assert answer.json() == {
        "version": "local",
        "name": "GoTrue",
        "description": "GoTrue is a user registration and authentication API",
    }


def test_an_external_provider_is_refused_with_the_reason(identity):
    answer = identity.get("/authorize", params={"provider": "github"})

    assert answer.status_code == 400
    assert answer.json() == {
        "code": 400,
        "msg": "Unsupported provider: external providers are not available locally",
    }


def test_an_unknown_path_is_answered_as_by_the_router_of_gotrue(identity):
    answer = identity.get("/nowhere")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.text == "404 page not found\n"


def test_a_wrong_method_is_told_all_that_are_allowed(identity):
    answer: requests.Response = identity.delete("/user")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, PUT"
