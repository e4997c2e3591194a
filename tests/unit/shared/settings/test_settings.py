"""shared/settings/settings.py: every setting read, and named when it is wrong."""

from __future__ import annotations

import pytest

from shared.settings.database_url import DatabaseUrl
from shared.settings.settings import SettingsError, read_settings, settings
from tests.support.configuration import IDENTITY, STYTCH, VALUES, settings_with, without

LIVE = "project-live-00000000-0000-4000-8000-000000000000"
EMULATOR = "http://127.0.0.1:8889"
PLANETSCALE = {
    "PLANETSCALE_HOST": "aws.connect.psdb.cloud",
    "PLANETSCALE_USERNAME": "u@ser",
    "PLANETSCALE_PASSWORD": "p/w#d?",
    "PLANETSCALE_DATABASE": "latchkey",
}


def complaint(values):
    with pytest.raises(SettingsError) as refused:
        read_settings(values)
    return str(refused.value)


def test_what_is_not_set_has_the_documented_default():
    config = settings_with()

    assert (
        config.stytch_jwt_max_age_seconds,
        config.session_duration_minutes,
        config.cookie_name,
        config.signup,
        config.log_level,
        config.admin_emails,
        config.allowed_origins,
        config.stytch_jwks,
        config.netlify_identity_secret,
    ) == (300, 10080, "stytch_session", "open", "INFO", frozenset(), (), None, None)


@pytest.mark.parametrize("name", ["BASE_URL", "DATABASE_URL", "STYTCH_PROJECT_ID", "STYTCH_SECRET"])
def test_what_is_needed_and_missing_is_named(name):
    assert f"{name} is missing" in complaint(without(name))


@pytest.mark.parametrize("name", ["BASE_URL", "DATABASE_URL", "STYTCH_PROJECT_ID", "STYTCH_SECRET"])
def test_what_is_needed_and_empty_is_missing(name):
    assert f"{name} is missing" in complaint(VALUES | {name: ""})


def test_all_that_is_wrong_is_named_at_once():
    text = complaint({"SIGNUP": "maybe", "STYTCH_JWT_MAX_AGE": "x"})

    assert [name for name in (*VALUES, "SIGNUP", "STYTCH_JWT_MAX_AGE") if name not in text] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "latchkey.example"),
        ("BASE_URL", "http://latchkey.example"),
        ("BASE_URL", "ftp://localhost"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "http://["),
        ("BASE_URL", "https://latchkey.example/path"),
        ("BASE_URL", "https://latchkey.example?query"),
        ("BASE_URL", "https://user@latchkey.example"),
        ("DATABASE_URL", "postgres://u:p@h/db"),
        ("DATABASE_URL", "mysql://u:p@[h/db"),
        ("STYTCH_PROJECT_ID", "project-prod-1"),
        ("STYTCH_BASE_URL", "login.example.com"),
        ("STYTCH_BASE_URL", "http://login.example.com"),
        ("STYTCH_BASE_URL", "https://login.example.com/v1"),
        ("STYTCH_BASE_URL", "https://login.example.com?x=1"),
        ("STYTCH_BASE_URL", "https://user@login.example.com"),
        ("STYTCH_BASE_URL", "http://127.0.0.1:8889/v1"),
        ("STYTCH_BASE_URL", "http://["),
        ("STYTCH_JWKS", "{"),
        ("STYTCH_JWKS", "[]"),
        ("STYTCH_JWKS", '{"keys": 5}'),
        ("STYTCH_JWKS", "[" * 100_000),
        ("STYTCH_JWT_MAX_AGE", "-1"),
        ("STYTCH_JWT_MAX_AGE", "301"),
        ("STYTCH_JWT_MAX_AGE", "1.5"),
        ("STYTCH_JWT_MAX_AGE", "٣"),
        ("STYTCH_JWT_MAX_AGE", "0000000009999"),
        ("SESSION_DURATION_MINUTES", "4"),
        ("SESSION_DURATION_MINUTES", "527041"),
        ("SESSION_DURATION_MINUTES", "9" * 5000),
        ("ALLOWED_ORIGINS", "https://jürgen.example"),
        ("ALLOWED_ORIGINS", "https://*.example.com"),
        ("ALLOWED_ORIGINS", "https://a.example/path"),
        ("ALLOWED_ORIGINS", "https://a.example?"),
        ("COOKIE_NAME", "a b"),
        ("COOKIE_NAME", "a;b"),
        ("COOKIE_NAME", "né"),
        ("COOKIE_NAME", "-"),
        ("NETLIFY_IDENTITY_URL", "nonsense"),
        ("NETLIFY_IDENTITY_URL", "http://identity.example"),
        ("NETLIFY_IDENTITY_URL", "http://["),
        ("SIGNUP", "closed"),
        ("USERS_VISIBLE", "everybody"),
        ("SESSION_IN_SCRIPT", "yes"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_what_is_wrong_is_named(name, value):
    assert complaint(VALUES | {name: value}).startswith(name)


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("BASE_URL", "http://localhost:8888/", "base_url", "http://localhost:8888"),
        ("BASE_URL", "http://127.0.0.1:1", "base_url", "http://127.0.0.1:1"),
        ("BASE_URL", "https://Site.Example:443", "base_url", "https://site.example"),
        ("BASE_URL", "http://[::1]:80", "base_url", "http://[::1]"),
        ("ALLOWED_ORIGINS", "https://App.example.com", "allowed_origins", ("https://app.example.com",)),
        ("ALLOWED_ORIGINS", "https://a.co:443", "allowed_origins", ("https://a.co",)),
        ("STYTCH_BASE_URL", EMULATOR + "/", "stytch_base_url", EMULATOR),
        ("STYTCH_JWKS", '{"keys": []}', "stytch_jwks", {"keys": []}),
        ("STYTCH_JWT_MAX_AGE", "0", "stytch_jwt_max_age_seconds", 0),
        ("SESSION_DURATION_MINUTES", "527040", "session_duration_minutes", 527040),
        ("COOKIE_NAME", "__Host-session", "cookie_name", "__Host-session"),
        ("NETLIFY_IDENTITY_URL", "https://a.example/x/", "netlify_identity_url", "https://a.example/x"),
        ("ADMIN_EMAILS", " A@b.co,,c@d.eu ", "admin_emails", frozenset({"a@b.co", "c@d.eu"})),
        ("ALLOWED_ORIGINS", "https://a.co/, https://b.eu", "allowed_origins", ("https://a.co", "https://b.eu")),
        ("SIGNUP", "invite", "signup", "invite"),
        ("USERS_VISIBLE", "admins", "users_visible", "admins"),
        ("LOG_LEVEL", "ERROR", "log_level", "ERROR"),
    ],
)  # fmt: skip
def test_what_is_right_is_read(name, value, field, read):
    assert getattr(settings_with(**{name: value}), field) == read


@pytest.mark.parametrize("name", ["__Host-s", "__Secure-s", "__HOST-s", "__secure-s", "__Http-s"])
def test_a_cookie_prefix_that_needs_https_is_refused_on_plain_http(name):
    values = VALUES | {"BASE_URL": "http://localhost:8888", "COOKIE_NAME": name}

    assert complaint(values).startswith("COOKIE_NAME begins with a prefix")


@pytest.mark.parametrize("space", ["\n", " ", "\t", "\r\n", "\u00a0"])
def test_white_space_around_a_value_is_no_part_of_it(space):
    padded = {name: f"{space}{value}{space}" for name, value in VALUES.items()}
    padded["NETLIFY_IDENTITY_SECRET"] = f"secret{space}"

    assert read_settings(padded) == settings_with(NETLIFY_IDENTITY_SECRET="secret")


@pytest.mark.parametrize("name", PLANETSCALE)
def test_white_space_around_planetscales_settings_is_no_part_of_them(name):
    values = without("DATABASE_URL") | PLANETSCALE

    padded = read_settings(values | {name: f" {values[name]}\n"})

    assert padded == read_settings(values)


def test_a_value_of_white_space_is_missing():
    assert "STYTCH_SECRET is missing" in complaint(VALUES | {"STYTCH_SECRET": " \n"})


def test_the_id_of_a_test_project_leads_to_stytchs_test_environment():
    assert settings_with().stytch_base_url == "https://test.stytch.com"


def test_the_id_of_a_live_project_leads_to_stytchs_live_environment():
    assert settings_with(STYTCH_PROJECT_ID=LIVE).stytch_base_url == "https://api.stytch.com"


def test_a_live_project_never_asks_an_emulator():
    values = VALUES | {"STYTCH_PROJECT_ID": LIVE, "STYTCH_BASE_URL": EMULATOR}

    assert complaint(values).startswith("STYTCH_BASE_URL")


@pytest.mark.parametrize("project_id", [VALUES["STYTCH_PROJECT_ID"], LIVE])
def test_a_project_may_have_a_custom_domain(project_id):
    config = settings_with(
        STYTCH_PROJECT_ID=project_id, STYTCH_BASE_URL="https://Login.Example.com:443/"
    )

    assert config.stytch_base_url == "https://login.example.com"


def test_a_site_with_both_providers_has_both():
    config = read_settings(VALUES)

    assert (config.has_stytch, config.has_identity) == (True, True)


def test_stytch_is_optional():
    config = read_settings(without(*STYTCH))

    assert (config.has_stytch, config.has_identity) == (False, True)


def test_identity_is_optional():
    config = read_settings(without(*IDENTITY))

    assert (config.has_stytch, config.has_identity) == (True, False)


def test_without_any_provider_the_complaint_says_what_to_set():
    text = complaint(without(*STYTCH, *IDENTITY))

    assert [name for name in (*STYTCH, *IDENTITY) if name not in text] == []


@pytest.mark.parametrize(("missing", "given"), [STYTCH, STYTCH[::-1]])
def test_half_of_stytchs_credentials_is_not_a_site_without_stytch(missing, given):
    assert complaint(without(missing)) == f"{missing} is missing ({given} is set)"


def test_identitys_secret_alone_is_not_a_site_with_identity():
    values = without(*IDENTITY) | {"NETLIFY_IDENTITY_SECRET": "x" * 32}

    assert complaint(values).startswith("NETLIFY_IDENTITY_URL is missing")


def test_planetscales_four_settings_make_a_database_url():
    assert read_settings(without("DATABASE_URL") | PLANETSCALE).database_url == DatabaseUrl(
        host="aws.connect.psdb.cloud", user="u@ser", password="p/w#d?", database="latchkey"
    )


def test_database_url_comes_before_planetscales():
    assert read_settings(VALUES | PLANETSCALE).database_url.host == "localhost"


@pytest.mark.parametrize("name", PLANETSCALE)
def test_three_of_planetscales_settings_are_not_enough(name):
    some = {key: value for key, value in PLANETSCALE.items() if key != name}

    assert name in complaint(without("DATABASE_URL") | some)


SECRETS = {
    "DATABASE_URL": "mysql://u:hush-1@localhost/db",
    "STYTCH_SECRET": "hush-2",
    "NETLIFY_IDENTITY_SECRET": "hush-3",
}


def test_no_secret_stands_in_what_is_shown_of_the_settings():
    assert "hush" not in repr(settings_with(**SECRETS))


@pytest.mark.parametrize(
    "wrong", [{"SIGNUP": "x"}, {"DATABASE_URL": "mysql://u:hush-1℀@h/db"}, {"DATABASE_URL": "mysql://u:hush-1"}]
)  # fmt: skip
def test_no_secret_stands_in_a_complaint(wrong):
    assert "hush" not in complaint(VALUES | SECRETS | wrong)


def test_magic_links_lead_to_the_sites_own_landing():
    assert settings_with().landing_url == "https://latchkey.example/api/authenticate"


@pytest.mark.parametrize(
    ("base_url", "secure"),
    [("https://a.example", True), ("https://localhost", True), ("http://localhost:1", False)],
)
def test_cookies_are_secure_everywhere_but_on_plain_http_of_this_machine(base_url, secure):
    assert settings_with(BASE_URL=base_url).cookies_are_secure is secure


def test_the_process_reads_its_settings_from_the_environment_once(configure, monkeypatch):
    configure(COOKIE_NAME="first")
    first = settings()

    monkeypatch.setenv("COOKIE_NAME", "second")

    assert (first.cookie_name, settings().cookie_name) == ("first", "first")


def test_a_process_with_wrong_settings_does_not_start(configure, monkeypatch):
    configure()
    monkeypatch.setenv("SIGNUP", "maybe")

    with pytest.raises(SettingsError, match="SIGNUP"):
        settings()
