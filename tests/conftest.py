"""Says which database the suite runs on."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from local.database import DatabaseUnavailable, choose_engine


def pytest_report_header() -> str:
    with tempfile.TemporaryDirectory() as folder:
        try:
            engine = choose_engine(os.environ, Path(folder), lambda *_: None).engine
        except DatabaseUnavailable as unavailable:
            return f"database: none. {unavailable}"
    return f"database: {engine}"
