"""The publish folder as Netlify serves it: pretty URLs, `404.html`, revalidated caching."""

from __future__ import annotations

import os
import stat
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# docs.netlify.com, "Caching overview": browsers ask again each time, and get a 304.
CACHE_CONTROL = "public,max-age=0,must-revalidate"


class PublishedFiles(StaticFiles):
    """Answers `/profile` with `profile.html` and `/` with `index.html`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)

    def has(self, path: str) -> bool:
        """Tell whether there is a file for this (decoded) URL path."""
        try:
            return self._is_file(self.lookup_path(_relative(path)))
        except (OSError, ValueError):
            return False

    async def answer(self, path: str, scope: Scope) -> Response:
        """Return the file of this URL path, or the site's own 404 page."""
        try:
            response = await self.get_response(_relative(path), scope)
        except HTTPException as error:
            return self._error_page(error)
        response.headers["cache-control"] = CACHE_CONTROL
        return response

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        candidates = (path, f"{path}.html", os.path.join(path, "index.html"))
        found = (super(PublishedFiles, self).lookup_path(candidate) for candidate in candidates)
        return next(filter(self._is_file, found), ("", None))

    def _error_page(self, error: HTTPException) -> Response:
        page, status = super().lookup_path("404.html")
        if error.status_code != HTTPStatus.NOT_FOUND or status is None:
            return PlainTextResponse(error.detail, error.status_code, error.headers)
        return FileResponse(page, HTTPStatus.NOT_FOUND, stat_result=status)

    @staticmethod
    def _is_file(found: tuple[str, os.stat_result | None]) -> bool:
        return found[1] is not None and stat.S_ISREG(found[1].st_mode)


def _relative(path: str) -> str:
    return os.path.normpath(path.strip("/"))
