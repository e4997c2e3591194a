"""shared/tls.py: one TLS context, which checks everything."""

from __future__ import annotations

import ssl

from shared import tls


def test_a_process_has_one_context():
    assert tls.context() is tls.context()


def test_certificate_and_name_are_checked():
    assert (tls.context().verify_mode, tls.context().check_hostname) == (ssl.CERT_REQUIRED, True)
