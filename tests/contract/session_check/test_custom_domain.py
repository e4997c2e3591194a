"""A Stytch project with a custom domain: asked there, over verified TLS, and an issuer of JWTs.

The emulator serves one project at two origins, one after the other and with the same keys: at its
own, and at the custom domain. Source: stytch-python 078c763, `custom_base_url`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
import stytch

from shared import process, tls
from shared.auth.auth import authenticate
from shared.auth.credentials import Credentials, SessionToken
from shared.auth.stytch import sdk
from shared.auth.stytch.session import check
from shared.errors import Unauthenticated, Unavailable
from tests.support.certificates import certificate_of_this_machine
from tests.support.configuration import PROJECT_ID
from tests.support.stytch_emulator import SECRET, Emulator, EmulatorServer

ADA = "ada@example.com"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("custom_domain")


@pytest.fixture(scope="module")
def certificate(folder: Path) -> Path:
    return certificate_of_this_machine(folder)


@pytest.fixture
def trust(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process and the SDK (requests, and urllib for the keys) trust the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    tls.context.cache_clear()
    yield
    process.forget()
    tls.context.cache_clear()


@pytest.fixture(scope="module")
def standard_jwt(folder: Path) -> str:
    """A session JWT that was issued at Stytch's own origin."""
    server = EmulatorServer(folder / "state.sqlite")
    token: str = server.emulator.sign_in(ADA).session_jwt
    server.stop()
    return token


@pytest.fixture(scope="module")
def domain_server(folder: Path, certificate: Path, standard_jwt: str) -> Iterator[EmulatorServer]:
    server = EmulatorServer(folder / "state.sqlite", certificate=certificate)
    yield server
    server.stop()


@pytest.fixture
def domain(domain_server: EmulatorServer, trust: None, configure) -> Emulator:
    """The project at its custom domain, which the settings name."""
    configure(STYTCH_BASE_URL=domain_server.emulator.base_url)
    return domain_server.emulator


def issuer_of(token: str) -> str:
    return str(jwt.decode(token, options={"verify_signature": False})["iss"])


def test_a_session_is_checked_at_the_custom_domain(domain):
    session = domain.sign_in("checked@example.com")

    checked = check(SessionToken("session_token", session.session_token))

    assert checked.principal.email == "checked@example.com"


def test_a_jwt_that_the_custom_domain_issued_is_accepted(domain):
    session = domain.sign_in("issued@example.com")

    signed_in = authenticate(Credentials(bearer=session.session_jwt))

    assert issuer_of(session.session_jwt) == domain.base_url
    assert (signed_in.principal.email, signed_in.session) == ("issued@example.com", None)


def test_a_jwt_of_the_standard_issuer_is_accepted_as_well(domain, standard_jwt):
    signed_in = authenticate(Credentials(bearer=standard_jwt))

    assert issuer_of(standard_jwt) == f"stytch.com/{PROJECT_ID}"
    assert (signed_in.principal.email, signed_in.session) == (ADA, None)


def test_stytchs_sdk_accepts_both_issuers_too(domain, standard_jwt):
    session = domain.sign_in("both@example.com")
    client = stytch.Client(PROJECT_ID, SECRET, custom_base_url=domain.base_url)

    assert client.sessions.authenticate_jwt_local(session.session_jwt) is not None
    assert client.sessions.authenticate_jwt_local(standard_jwt) is not None


def test_another_sites_domain_is_no_issuer(domain, configure):
    session_jwt = domain.sign_in("another@example.com").session_jwt
    keys = domain.call("GET", f"/v1/sessions/jwks/{PROJECT_ID}").text
    configure(STYTCH_BASE_URL="https://login.example.com", STYTCH_JWKS=keys)

    with pytest.raises(Unauthenticated) as refused:
        authenticate(Credentials(bearer=session_jwt))

    assert refused.value.code == "token_invalid"


def test_what_goes_through_the_sdk_goes_to_the_custom_domain(domain):
    token = SessionToken("session_token", domain.sign_in("revoked@example.com").session_token)

    sdk.revoke_session(token)

    with pytest.raises(Unauthenticated):
        check(token)


def test_a_domain_whose_certificate_nobody_vouches_for_is_not_asked(domain, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    tls.context.cache_clear()

    with pytest.raises(Unavailable):
        check(SessionToken("session_token", "A" * 44))
