"""Paths that are short and plain enough for a Unix socket and a shell script."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

# A socket's path has 104 bytes on macOS and 108 on Linux (unix(7)); the longest name in a folder
# is "/data/run/sql.sock".
LONGEST_FOLDER = 80
PLAIN = re.compile(r"[\w./-]+", re.ASCII)


def short_path(folder: Path) -> Path:
    """Return the folder itself, or a link to it in the temporary folder.

    A link is made when the path is too long for a socket in it, or holds characters that
    `mariadb-install-db`, a shell script, cannot take.
    """
    text = str(folder)
    if len(os.fsencode(text)) <= LONGEST_FOLDER and PLAIN.fullmatch(text):
        return folder
    link = _link_for(folder)
    if not _is_ours(link, folder):
        link.unlink(missing_ok=True)
        link.symlink_to(folder)
    return link


def remove_short_path(folder: Path) -> None:
    """Remove the link to the folder, if there is one."""
    link = _link_for(folder)
    if _is_ours(link, folder):
        link.unlink()


def _link_for(folder: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"latchkey-{os.getuid()}-{digest}"


def _is_ours(link: Path, folder: Path) -> bool:
    """Tell whether this user made the link; others can write to the temporary folder too."""
    return link.is_symlink() and link.lstat().st_uid == os.getuid() and link.readlink() == folder
