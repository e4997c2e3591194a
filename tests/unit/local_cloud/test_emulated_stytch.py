"""The project of the emulated Stytch: where its links may lead, and which pages may call."""

from __future__ import annotations

from pathlib import Path

from local.cloud.emulated_stytch import stytch_config
from local.settings import load_settings
from local.stytch import StytchConfig

STATE = Path("state")


def config_with(tmp_path: Path, **environ: str) -> StytchConfig:
    return stytch_config(load_settings(tmp_path, STATE, environ))


def test_a_link_leads_to_the_function_unless_a_page_is_named(tmp_path: Path) -> None:
    redirect_urls = config_with(tmp_path).redirect_urls

    assert redirect_urls[0] == "http://localhost:8888/.netlify/functions/authenticate"
    assert "http://localhost:8888/authenticate" in redirect_urls


def test_the_pages_are_the_sites_and_those_that_may_call_the_functions(tmp_path: Path) -> None:
    config = config_with(
        tmp_path,
        BASE_URL="https://abc.example.com/",
        ALLOWED_ORIGINS="http://localhost:5173/, https://other.example.com",
    )

    assert config.authorized_domains == (
        "https://abc.example.com",
        "http://localhost:8888",
        "http://localhost:5173",
        "https://other.example.com",
    )
    assert "http://localhost:5173/authenticate" in config.redirect_urls


def test_further_pages_can_be_named(tmp_path: Path) -> None:
    urls = "http://localhost:5173/callback, http://localhost:5173/"

    redirect_urls = config_with(tmp_path, STYTCH_REDIRECT_URLS=urls).redirect_urls

    assert redirect_urls[-2:] == ("http://localhost:5173/callback", "http://localhost:5173/")
