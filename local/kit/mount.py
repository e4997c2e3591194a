"""An application below a path, whatever characters follow."""

from __future__ import annotations

import re
from typing import Any

from starlette import routing
from starlette.types import ASGIApp


class Mount(routing.Mount):
    """Starlette's, for paths with a line break (`%0A`) too: those are 404 with its own pattern."""

    def __init__(self, path: str, app: ASGIApp, **options: Any) -> None:
        super().__init__(path, app, **options)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)
