"""A database that the developer runs or rents; the local cloud starts and stops nothing."""

from __future__ import annotations

from urllib.parse import urlsplit


class ExternalDatabase:
    """The server that DATABASE_URL names."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def engine(self) -> str:
        return f"DATABASE_URL ({urlsplit(self.url).hostname or 'unix socket'})"

    def start(self) -> None:
        """Nothing: it runs already, or its first user says that it does not."""

    def stop(self) -> None:
        """Nothing: it is not ours to stop."""
