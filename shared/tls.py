"""The TLS context for everything that leaves this machine."""

from __future__ import annotations

import os
import re
import ssl
from functools import cache

# Where authorities may be in a folder by their hashes, as in Debian's `capath`: Fedora's family,
# which Amazon Linux 2023 belongs to, and the package, to which `make build` adds certifi's.
_FOLDERS = (
    "/etc/pki/ca-trust/extracted/pem/directory-hash",
    os.path.join(os.path.dirname(os.path.dirname(__file__)), "authorities"),
)
_HASHED_NAME = re.compile(r"[0-9a-f]{8}\.0")  # c_rehash(1)


@cache
def context() -> ssl.SSLContext:
    """Checks the certificate and the host's name, against the system's authorities.

    One for the process. Reading the file of all authorities takes 31 ms of CPU. Where they are in
    a folder by their hashes, OpenSSL reads only the one that it needs, in 0.3 ms; where the system
    has no such folder, the package's own is taken. Whoever names others (`SSL_CERT_FILE`,
    `SSL_CERT_DIR`) is given those.
    """
    folder = None if "SSL_CERT_FILE" in os.environ else _folder_of_authorities()
    if folder is None:
        return ssl.create_default_context()
    return ssl.create_default_context(capath=folder)


def _folder_of_authorities() -> str | None:
    own = ssl.get_default_verify_paths().capath
    candidates = (own,) if "SSL_CERT_DIR" in os.environ else (own, *_FOLDERS)
    return next((folder for folder in candidates if folder and _is_hashed(folder)), None)


def _is_hashed(folder: str) -> bool:
    try:
        return any(_HASHED_NAME.fullmatch(name) for name in os.listdir(folder))
    except OSError:
        return False
