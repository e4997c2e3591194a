"""The TLS context for everything that leaves this machine."""

from __future__ import annotations

import os
import re
import ssl
from functools import cache

# Where Fedora's family, which Amazon Linux 2023 belongs to, keeps what Debian has in its `capath`.
_FOLDERS = ("/etc/pki/ca-trust/extracted/pem/directory-hash",)
_HASHED_NAME = re.compile(r"[0-9a-f]{8}\.0")  # c_rehash(1)


@cache
def context() -> ssl.SSLContext:
    """Checks the certificate and the host's name, against the system's authorities.

    One for the process. Reading the file of all authorities takes 31 ms of CPU. Where the system
    has them in a folder by their hashes, OpenSSL reads only the one that it needs, in 0.3 ms;
    whoever names a file of their own (`SSL_CERT_FILE`) is given that file.
    """
    folder = None if "SSL_CERT_FILE" in os.environ else _folder_of_authorities()
    if folder is None:
        return ssl.create_default_context()
    return ssl.create_default_context(capath=folder)


def _folder_of_authorities() -> str | None:
    candidates = (ssl.get_default_verify_paths().capath, *_FOLDERS)
    return next((folder for folder in candidates if folder and _is_hashed(folder)), None)


def _is_hashed(folder: str) -> bool:
    try:
        return any(_HASHED_NAME.fullmatch(name) for name in os.listdir(folder))
    except OSError:
        return False
