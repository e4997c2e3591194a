"""What the developer sets, and what of it the functions are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.settings import LOCAL_IDENTITY_WEBHOOK_SECRET, SettingsError, load_settings

STATE = Path("state")


def test_defaults_need_no_file_and_no_variable(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, STATE, {})

    assert settings.ports == {"web": 8888, "aws": 3000, "lambda": 3001, "stytch": 8889}
    assert settings.function_environment("mysql://db") == {
        "BASE_URL": "http://localhost:8888",
        "DATABASE_URL": "mysql://db",
        "STYTCH_PROJECT_ID": "project-test-00000000-0000-4000-8000-000000000000",
        "STYTCH_SECRET": "secret-test-local",
        "STYTCH_BASE_URL": "http://127.0.0.1:8889",
        "NETLIFY_IDENTITY_URL": "http://localhost:8888/.netlify/identity",
        "NETLIFY_IDENTITY_SECRET": settings.identity_secret,
        "STYTCH_WEBHOOK_SECRET": settings.stytch_webhook_secret,
        "IDENTITY_WEBHOOK_SECRET": LOCAL_IDENTITY_WEBHOOK_SECRET,
        "ADMIN_EMAILS": "ada@example.com",
        "SIGNUP": "open",
        "REPORT_SPANS": "on",
    }


def test_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('SIGNUP="invite" # by hand\nexport COOKIE_NAME=own\n')

    environment = load_settings(tmp_path, STATE, {}).function_environment(None)

    assert (environment["SIGNUP"], environment["COOKIE_NAME"]) == ("invite", "own")


def test_real_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SIGNUP=invite\n")

    environment = load_settings(tmp_path, STATE, {"SIGNUP": "open"}).function_environment(None)

    assert environment["SIGNUP"] == "open"


def test_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=\n")

    assert "DATABASE_URL" not in load_settings(tmp_path, STATE, {}).environ


def test_functions_hear_nothing_else_of_the_developers_environment(tmp_path: Path) -> None:
    environ = {"AWS_SECRET_ACCESS_KEY": "x", "HOME": "/root", "PORT": "1"}

    environment = load_settings(tmp_path, STATE, environ).function_environment(None)

    assert environ.keys().isdisjoint(environment)


def test_addresses_follow_the_ports(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, STATE, {"PORT": "1111", "STYTCH_PORT": "2222"})

    environment = settings.function_environment(None)

    assert environment["BASE_URL"] == "http://localhost:1111"
    assert environment["NETLIFY_IDENTITY_URL"] == "http://localhost:1111/.netlify/identity"
    assert environment["STYTCH_BASE_URL"] == "http://127.0.0.1:2222"


def test_identity_stays_at_our_port_when_a_proxy_has_the_base_url(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, STATE, {"BASE_URL": "http://localhost:9/", "PORT": "8890"})

    assert settings.base_url == "http://localhost:9"
    assert settings.identity_url == "http://localhost:8890/.netlify/identity"


def test_real_project_is_not_pointed_at_the_emulator(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, STATE, {"STYTCH_PROJECT_ID": "project-live-1"})

    assert not settings.emulates_stytch
    assert "STYTCH_BASE_URL" not in settings.function_environment(None)


def test_emulator_elsewhere_replaces_ours(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, STATE, {"STYTCH_BASE_URL": "http://127.0.0.1:9"})

    assert not settings.emulates_stytch


def test_credentials_of_planetscale_reach_the_functions(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, STATE, {"PLANETSCALE_HOST": "aws.connect.psdb.cloud"})

    environment = settings.function_environment(None)

    assert environment["PLANETSCALE_HOST"] == "aws.connect.psdb.cloud"
    assert "DATABASE_URL" not in environment


@pytest.mark.parametrize("text", ["http", "-1", "65536", "8 8", "٣"])
def test_bad_port_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="LAMBDA_PORT is not a port number"):
        load_settings(tmp_path, STATE, {"LAMBDA_PORT": text})


def test_short_identity_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="NETLIFY_IDENTITY_SECRET needs 32 bytes"):
        load_settings(tmp_path, STATE, {"NETLIFY_IDENTITY_SECRET": "x" * 31})


def test_autoconfirm_is_off_unless_asked_for(tmp_path: Path) -> None:
    assert not load_settings(tmp_path, STATE, {}).identity_autoconfirm
    assert load_settings(tmp_path, STATE, {"IDENTITY_AUTOCONFIRM": "1"}).identity_autoconfirm


@pytest.mark.parametrize("text", ["", "netlify,stytch", "stytch, netlify"])
def test_a_site_has_both_providers_unless_one_is_chosen(tmp_path: Path, text: str) -> None:
    settings = load_settings(tmp_path, STATE, {"PROVIDERS": text})

    assert (settings.has_identity, settings.has_stytch) == (True, True)


@pytest.mark.parametrize("text", ["auth0", "netlify stytch", "netlify,", "Netlify"])
def test_an_unknown_provider_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=f"PROVIDERS is netlify, stytch, or both .*'{text}'"):
        load_settings(tmp_path, STATE, {"PROVIDERS": text})


def test_functions_of_a_site_with_identity_alone_hear_nothing_of_stytch(tmp_path: Path) -> None:
    environ = {"PROVIDERS": "netlify", "STYTCH_JWKS": "{}", "STYTCH_SECRET": "secret-test-own"}

    environment = load_settings(tmp_path, STATE, environ).function_environment(None)

    assert [name for name in environment if "STYTCH" in name] == []
    assert "NETLIFY_IDENTITY_URL" in environment


def test_functions_of_a_site_with_stytch_alone_hear_nothing_of_identity(tmp_path: Path) -> None:
    environ = {"PROVIDERS": "stytch", "NETLIFY_IDENTITY_URL": "https://a.example/identity"}

    environment = load_settings(tmp_path, STATE, environ).function_environment(None)

    assert [name for name in environment if "IDENTITY" in name] == []
    assert "STYTCH_PROJECT_ID" in environment


def test_a_site_without_stytch_needs_no_port_for_it(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, STATE, {"PROVIDERS": "netlify"})

    assert set(settings.used_ports) == {"web", "aws", "lambda"}
