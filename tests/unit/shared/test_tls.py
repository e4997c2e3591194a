"""shared/tls.py: one TLS context, which checks everything."""

from __future__ import annotations

import ssl
import subprocess
from types import SimpleNamespace

import pytest

from shared import tls
from tests.support.certificates import certificate_of_this_machine


@pytest.fixture(autouse=True)
def forgotten():
    tls.context.cache_clear()
    yield
    tls.context.cache_clear()


@pytest.fixture
def certificate(tmp_path):
    """The only authority of a system whose folder of authorities is `tmp_path / "hashed"`."""
    return certificate_of_this_machine(tmp_path)


@pytest.fixture
def stranger(tmp_path):
    """A certificate of the same name that no authority vouches for."""
    folder = tmp_path / "stranger"
    folder.mkdir()
    return certificate_of_this_machine(folder)


@pytest.fixture
def hashed_folder(certificate, tmp_path, monkeypatch):
    folder = hashed(certificate, tmp_path / "hashed")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    return folder


@pytest.fixture
def package(certificate, tmp_path, monkeypatch):
    """The authorities of a package, on a system that has no folder of them by their hashes."""
    folder = hashed(certificate, tmp_path / "authorities")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: SimpleNamespace(capath=None))
    monkeypatch.setattr(tls, "_FOLDERS", (str(tmp_path / "none"), str(folder)))
    return folder


def hashed(certificate, folder):
    """A new folder with the certificate, called as OpenSSL looks for it."""
    folder.mkdir()
    command = ["openssl", "x509", "-noout", "-hash", "-in", certificate]
    name = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    (folder / f"{name}.0").write_bytes(certificate.read_bytes())
    return folder


def handshake(certificate):
    """Connect to a server that has this certificate, in memory."""
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = tls.context().wrap_bio(to_client, to_server, server_hostname="localhost")
    server = server_side.wrap_bio(to_server, to_client, server_side=True)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    with pytest.raises(ssl.SSLWantReadError):
        server.do_handshake()
    client.do_handshake()


def test_a_process_has_one_context():
    assert tls.context() is tls.context()


def test_certificate_and_name_are_checked():
    assert (tls.context().verify_mode, tls.context().check_hostname) == (ssl.CERT_REQUIRED, True)


def test_authorities_in_a_hashed_folder_are_trusted_and_not_read_before(certificate, hashed_folder):
    read_at_the_start = tls.context().get_ca_certs()

    handshake(certificate)

    assert read_at_the_start == []


def test_who_is_not_in_the_hashed_folder_is_not_trusted(certificate, hashed_folder):
    for entry in hashed_folder.iterdir():
        entry.rename(hashed_folder / "00000000.0")

    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(certificate)


def test_a_file_of_ones_own_comes_before_the_folder(certificate, hashed_folder, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert len(tls.context().get_ca_certs()) == 1


def test_without_a_hashed_folder_the_systems_file_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(tls, "_FOLDERS", ())
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))

    assert tls.context().get_ca_certs()


def test_where_the_system_has_no_hashed_folder_the_packages_is_read(certificate, package):
    read_at_the_start = tls.context().get_ca_certs()

    handshake(certificate)

    assert read_at_the_start == []


def test_who_is_not_in_the_packages_folder_is_not_trusted(stranger, package):
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(stranger)


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_authorities_of_ones_own_come_before_the_packages(
    name, certificate, stranger, package, monkeypatch
):
    own = {"SSL_CERT_FILE": stranger, "SSL_CERT_DIR": stranger.parent}
    monkeypatch.setenv(name, str(own[name]))

    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(certificate)
