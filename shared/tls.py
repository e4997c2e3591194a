"""The TLS context for everything that leaves this machine."""

from __future__ import annotations

import ssl
from functools import cache


@cache
def context() -> ssl.SSLContext:
    """Checks the certificate and the host's name, against the system's authorities.

    One for the process: loading the authorities takes tens of milliseconds.
    """
    return ssl.create_default_context()
