"""A zip that says nothing of the machine it was made on: the same files, the same bytes."""

from __future__ import annotations

import stat
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = stat.S_IFREG | 0o644
"""Lambda runs the code as another user than the one who packed it."""
UNIX = 3
"""Which system's permissions an entry carries (APPNOTE.TXT 4.4.2)."""


def write_archive(folder: Path, archive: Path) -> None:
    """Pack all files below `folder`, sorted by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with ZipFile(archive, "w") as packed:
        for file in files:
            entry = ZipInfo(file.relative_to(folder).as_posix(), FIRST_ZIP_DATE)
            entry.create_system = UNIX
            entry.external_attr = READABLE_FILE << 16
            packed.writestr(entry, file.read_bytes(), ZIP_DEFLATED, compresslevel=9)
