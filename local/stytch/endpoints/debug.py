"""GET /v1/debug/whoami: whose credentials these are."""

from __future__ import annotations

from local.store import Document
from local.stytch.fields import Fields
from local.stytch.project import Project


class DebugEndpoints:
    def __init__(self, project: Project) -> None:
        self._project = project

    def whoami(self, _fields: Fields) -> Document:
        config = self._project.config
        return {"project_id": config.project_id, "name": config.project_name}
