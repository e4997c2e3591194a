"""What an operator does with users in the providers' own dashboards."""

from __future__ import annotations

import time
from typing import Any

import jwt
import requests

from local.settings import LOCAL_IDENTITY_SECRET
from tests.support.running_cloud import RunningCloud


class IdentityDashboard:
    """Netlify's, by the admin API of the local Identity."""

    def __init__(self, cloud: RunningCloud) -> None:
        self._users = f"{cloud.url}/.netlify/identity/admin/users"

    def rename(self, user_id: str, first: str, last: str) -> None:
        self._do("PUT", user_id, json={"user_metadata": {"full_name": f"{first} {last}"}})

    def delete(self, user_id: str) -> None:
        self._do("DELETE", user_id)

    def _do(self, method: str, user_id: str, **request: Any) -> None:
        operator = jwt.encode({"exp": int(time.time()) + 60, "sub": "0"}, LOCAL_IDENTITY_SECRET)
        headers = {"Authorization": f"Bearer {operator}"}
        url = f"{self._users}/{user_id}"
        requests.request(method, url, headers=headers, timeout=30, **request).raise_for_status()


class StytchDashboard:
    """Stytch's, by the local Stytch's controls."""

    def __init__(self, cloud: RunningCloud) -> None:
        self._users = f"{cloud.address('Stytch')}/_admin/users"

    def rename(self, user_id: str, first: str, last: str) -> None:
        self._do("PUT", user_id, json={"first_name": first, "last_name": last})

    def delete(self, user_id: str) -> None:
        self._do("DELETE", user_id)

    def _do(self, method: str, user_id: str, **request: Any) -> None:
        url = f"{self._users}/{user_id}"
        requests.request(method, url, timeout=30, **request).raise_for_status()
