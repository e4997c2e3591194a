"""What is known of a database server: where its program is, and how it is started."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Where packages put servers that an ordinary user's PATH leaves out: Debian, Fedora, Homebrew.
SERVER_FOLDERS = (
    "/usr/sbin",
    "/usr/libexec",
    "/opt/homebrew/bin",
    "/opt/homebrew/opt/mysql/bin",
    "/opt/homebrew/opt/mariadb/bin",
    "/usr/local/bin",
    "/usr/local/opt/mysql/bin",
    "/usr/local/opt/mariadb/bin",
)


@dataclass(frozen=True)
class Engine:
    """Describes one server program; its data is in `folder / "data"`, the rest in the folder.

    `folder_name` is the same for all versions that read each other's data. `initialise` and
    `serve` return a command for a folder. `socket` and `client_lock` are relative to the folder;
    the server ends when nobody locks the latter. `statements` make it behave as MySQL does.
    """

    title: str
    folder_name: str
    initialise: Callable[[Path], list[str]]
    serve: Callable[[Path], list[str]]
    socket: str
    client_lock: str | None = None
    statements: tuple[str, ...] = ()


def find_executable(name: str, search_path: str) -> str | None:
    """Return the program's path, on `search_path` or in the folders of servers."""
    return shutil.which(name, path=os.pathsep.join([search_path, *SERVER_FOLDERS]))


def version_text(executable: str) -> str:
    """Return what `--version` prints; empty when the program cannot run here."""
    try:
        answer = subprocess.run(
            [executable, "--no-defaults", "--version"], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout


def version_number(text: str) -> str | None:
    """Return `10.11.19` of `mariadbd  Ver 10.11.19-MariaDB-…`."""
    match = re.search(r"\bVer (\d+\.\d+\.\d+)", text)
    return match[1] if match else None


def minor_version(number: str) -> str:
    """Return `10.11` of `10.11.19`: servers of one minor version read each other's data."""
    return ".".join(number.split(".")[:2])
