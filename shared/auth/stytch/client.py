"""The Stytch SDK's client, given the timeouts that it lacks."""

from __future__ import annotations

from functools import cache
from typing import Any

import requests
import stytch
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from shared.auth.upstream_http import CONNECT_SECONDS, READ_SECONDS
from shared.settings.settings import settings

# A request is sent again only if no connection could be made for it.
_UNSENT_ONLY = Retry(total=1, connect=1, read=0, redirect=0, status=0, other=0)


@cache
def client() -> stytch.Client:
    """One client for the process; its base URL goes in as an environment, the SDK's only way."""
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, _ImpatientAdapter(max_retries=_UNSENT_ONLY))
    return stytch.Client(
        project_id=settings().stytch_project_id,
        secret=settings().stytch_secret,
        environment=f"{settings().stytch_base_url}/",
        suppress_warnings=True,
        sync_session=session,
    )


class _ImpatientAdapter(HTTPAdapter):
    """Waits 2 s for a connection and 4 s for an answer."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        options["timeout"] = (CONNECT_SECONDS, READ_SECONDS)
        return super().send(request, **options)
