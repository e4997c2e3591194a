"""`make doctor`: what it finds, and what it advises."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from local import doctor
from local.build import chosen_runtime
from local.database import choose_engine
from local.doctor.aws import check_aws
from local.doctor.database import check_database
from local.doctor.finding import Finding
from local.doctor.identity import check_identity
from local.doctor.machine import check_ports, check_python, check_state
from local.doctor.package import check_package
from local.doctor.providers import check_providers
from local.doctor.service import Answer
from local.doctor.stytch import check_stytch, judge_landing
from migrations.files import read_migrations
from tests.integration.local_tools.conftest import ROOT, LoadSettings
from tests.integration.local_tools.tls_server import serving
from tests.support.certificates import certificate_of_this_machine

StartStytch = Callable[..., str]
NOBODY = "http://127.0.0.1:1"  # port 1 is never served


def levels(findings: list[Finding]) -> list[str]:
    return [finding.level for finding in findings]


def test_a_healthy_machine_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.main(["--state", str(tmp_path)]) == 0

    assert capsys.readouterr().out.endswith("\nAll is well.\n")


def test_a_problem_is_shown_with_its_advice_and_in_the_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NETLIFY_IDENTITY_URL", NOBODY)

    assert doctor.main(["--state", str(tmp_path)]) == 1

    out = capsys.readouterr().out
    assert "PROBLEM  Identity       http://127.0.0.1:1 does not answer" in out
    assert "Check NETLIFY_IDENTITY_URL." in out
    assert out.endswith("\n1 problem.\n")


def test_a_setting_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eighty")

    assert doctor.main(["--state", str(tmp_path)]) == 1

    assert "PORT is not a port number" in capsys.readouterr().err


def test_this_python_is_new_enough(load: LoadSettings) -> None:
    assert levels(list(check_python(load()))) == ["ok"]


def test_a_busy_port_is_a_note_since_the_next_one_is_taken(load: LoadSettings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]

        [web, *_] = check_ports(load(PORT=str(port)))

    assert (web.level, web.what) == ("note", f"{port} is in use by another program (web).")
    assert "next free port" in web.advice


@pytest.mark.parametrize(
    ("providers", "said"),
    [
        ("netlify,stytch", "people sign in with Netlify Identity and Stytch"),
        ("netlify", "people sign in with Netlify Identity alone (PROVIDERS)"),
        ("stytch", "people sign in with Stytch alone (PROVIDERS)"),
    ],
)
def test_the_providers_that_are_on_are_told(load: LoadSettings, providers: str, said: str) -> None:
    assert list(check_providers(load(PROVIDERS=providers))) == [Finding("ok", said)]


def test_a_provider_that_is_off_is_not_examined(load: LoadSettings) -> None:
    stytch_alone = load(PROVIDERS="stytch", NETLIFY_IDENTITY_URL=NOBODY)
    identity_alone = load(PROVIDERS="netlify", STYTCH_BASE_URL=NOBODY)

    assert list(check_identity(stytch_alone)) == []
    assert list(check_stytch(identity_alone)) == []


class TestState:
    def test_a_folder_that_is_not_there_yet_is_no_problem(self, load: LoadSettings) -> None:
        assert levels(list(check_state(load()))) == ["ok"]

    def test_a_folder_of_another_version_is_to_be_reset(
        self, load: LoadSettings, tmp_path: Path
    ) -> None:
        (tmp_path / "state").mkdir()
        (tmp_path / "state" / "version").write_text("0")

        [finding] = check_state(load())

        assert finding.level == "problem"
        assert "made by another version" in finding.what
        assert "`make reset` deletes it" in finding.what


class TestDatabase:
    def test_a_private_one_without_schema_is_no_problem(self, load: LoadSettings) -> None:
        assert levels(list(check_database(load()))) == ["ok", "note"]

    def test_one_that_the_developer_names_needs_its_schema(
        self, load: LoadSettings, tmp_path: Path
    ) -> None:
        database = choose_engine(os.environ, tmp_path, print)
        database.start()
        try:
            [answers, schema] = check_database(load(DATABASE_URL=database.url))
        finally:
            database.stop()

        assert answers.level == "ok"
        names = ", ".join(migration.name for migration in read_migrations())
        assert schema.what.startswith(f"these migrations are missing: {names}")
        assert schema.advice == "Run `make migrate`."

    def test_one_that_does_not_answer_is_a_problem(self, load: LoadSettings) -> None:
        [finding] = check_database(load(DATABASE_URL="mysql://ada:secret@127.0.0.1:1/latchkey"))

        assert finding.level == "problem"
        assert finding.what == "127.0.0.1 cannot be used (error 2003)."

    @pytest.fixture
    def elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """127.0.0.1 counts as another machine, which is reached through TLS only."""
        monkeypatch.setattr("local.database.connection.is_loopback", lambda _host: False)

    @pytest.mark.usefixtures("elsewhere")
    def test_a_certificate_that_nobody_vouches_for_is_a_problem(
        self, load: LoadSettings, tmp_path: Path
    ) -> None:
        with serving(certificate_of_this_machine(tmp_path)) as url:
            [finding] = check_database(load(DATABASE_URL=url))

        assert finding.what == (
            "the certificate of 127.0.0.1 is not to be trusted (self-signed certificate)."
        )
        assert "SSL_CERT_FILE" in finding.advice

    @pytest.mark.usefixtures("elsewhere")
    def test_a_server_elsewhere_without_tls_is_a_problem(self, load: LoadSettings) -> None:
        with serving(certificate=None) as url:
            [finding] = check_database(load(DATABASE_URL=url))

        assert finding.level == "problem"
        assert finding.advice.startswith("It offers no TLS")

    def test_an_engine_that_is_not_there_is_a_problem(self, load: LoadSettings) -> None:
        [finding] = check_database(load(DEV_DB="oracle"))

        assert finding.advice == "DEV_DB=oracle is not one of mysql, mariadb, seekdb."


class TestPackage:
    @pytest.fixture
    def version(self) -> str:
        return chosen_runtime(ROOT / "template.yaml", {}).removeprefix("python")

    def test_the_python_that_makes_its_bytecode_is_named(
        self, load: LoadSettings, version: str, tmp_path: Path
    ) -> None:
        python = tmp_path / "python"
        python.write_text(f"#!/bin/sh\necho {version}\n")
        python.chmod(0o755)

        [finding] = check_package(load(BUILD_PYTHON=str(python)))

        assert finding == Finding("ok", f"Python {version} makes its bytecode: {python}")

    def test_without_that_python_a_command_which_brings_it_is_named(
        self, load: LoadSettings, version: str, tmp_path: Path
    ) -> None:
        [finding] = check_package(load(PATH="/nowhere", UV_PYTHON_INSTALL_DIR=str(tmp_path)))

        assert finding.level == "note"
        assert f"`.venv/bin/uv python install {version}`" in finding.advice

    def test_a_python_of_another_version_is_a_note(self, load: LoadSettings) -> None:
        [finding] = check_package(load(BUILD_PYTHON="/no/such/python"))

        assert finding.level == "note"
        assert finding.what.endswith("which /no/such/python is not.")


class TestStytch:
    def test_without_credentials_the_emulator_stands_in(self, load: LoadSettings) -> None:
        assert levels(list(check_stytch(load()))) == ["ok"]

    def test_good_credentials_and_an_allowed_landing_page(
        self, load: LoadSettings, start_stytch: StartStytch
    ) -> None:
        url = start_stytch("http://localhost:8888/api/authenticate")

        findings = list(check_stytch(load(STYTCH_BASE_URL=url)))

        assert [finding.what for finding in findings] == [
            f"credentials are valid (project Latchkey, at {url})",
            "magic links may lead to http://localhost:8888/api/authenticate",
        ]

    @pytest.mark.parametrize(
        "error_type", ["no_match_for_provided_magic_link_url", "no_login_redirect_urls_set"]
    )
    def test_a_landing_page_that_is_not_allowed(self, error_type: str) -> None:
        answer = Answer(400, {"error_type": error_type})

        landing = judge_landing("https://site.example.com/api/authenticate", answer)

        assert landing.level == "problem"
        assert "Redirect URLs" in landing.advice

    def test_another_refusal_proves_nothing_about_the_landing_page(self) -> None:
        answer = Answer(429, {"error_type": "too_many_requests"})

        assert judge_landing("https://site.example.com/api/authenticate", answer).level == "note"

    def test_wrong_credentials(self, load: LoadSettings, start_stytch: StartStytch) -> None:
        url = start_stytch("https://elsewhere.example.com/")

        [finding] = check_stytch(load(STYTCH_BASE_URL=url, STYTCH_SECRET="secret-test-wrong"))

        assert finding.level == "problem"
        assert "refuses the credentials (unauthorized_credentials)" in finding.what
        assert "secret-test-wrong" not in finding.what + finding.advice

    def test_no_answer(self, load: LoadSettings) -> None:
        [finding] = check_stytch(load(STYTCH_BASE_URL=NOBODY))

        assert finding.level == "problem"
        assert "does not answer" in finding.what

    @pytest.mark.parametrize(
        "url",
        [
            "login.example.com",
            "http://login.example.com",
            "https://login.example.com/v1",
            "https://",
            "http://[",
        ],
    )
    def test_what_is_no_custom_domain(self, load: LoadSettings, url: str) -> None:
        [finding] = check_stytch(load(STYTCH_BASE_URL=url))

        assert finding.what == "STYTCH_BASE_URL is not the origin of a custom domain."
        assert "https://login.example.com" in finding.advice

    def test_a_custom_domain_is_asked(self, load: LoadSettings) -> None:
        [finding] = check_stytch(load(STYTCH_BASE_URL="https://127.0.0.1:1/"))

        assert finding.what.startswith("https://127.0.0.1:1 does not answer")

    def test_a_project_id_of_no_environment(self, load: LoadSettings) -> None:
        [finding] = check_stytch(load(STYTCH_PROJECT_ID="my-project"))

        assert finding.level == "problem"
        assert "project-test-" in finding.what


class TestIdentity:
    def test_without_a_url_the_emulator_stands_in(self, load: LoadSettings) -> None:
        assert levels(list(check_identity(load()))) == ["ok"]

    def test_a_server_that_is_something_else(
        self, load: LoadSettings, start_stytch: StartStytch
    ) -> None:
        url = start_stytch("https://elsewhere.example.com/")

        [finding] = check_identity(load(NETLIFY_IDENTITY_URL=url))

        assert finding.level == "problem"
        assert "is not a Netlify Identity" in finding.what

    def test_what_is_no_url(self, load: LoadSettings) -> None:
        [finding] = check_identity(load(NETLIFY_IDENTITY_URL="your-site"))

        assert finding.what == "NETLIFY_IDENTITY_URL is not a URL."


class TestAws:
    def test_without_credentials_nothing_is_asked(self, load: LoadSettings) -> None:
        assert levels(list(check_aws(load()))) == ["ok"]
