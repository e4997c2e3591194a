"""What Identity tells a site about its users, and asks it first (GoTrue `api/hooks.go`).

Either one webhook is configured, with a secret of its own, or functions of the site are called,
signed with the instance's secret. Three tries of 5 s each, at once; who cannot be connected to is
not tried again.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from dataclasses import replace
from http import HTTPStatus

import jwt

from local.identity import go_json
from local.identity.config import IdentityConfig
from local.identity.errors import HTTPError
from local.identity.go_json import Struct
from local.identity.state.users import User
from local.kit import webhook_request
from local.kit.clock import Clock
from local.kit.deliveries import Deliveries, Delivery
from local.kit.json_body import InvalidBody
from local.kit.store import Store
from local.kit.webhook_request import WebhookAnswer

TRIES = 3
TIMEOUT_SECONDS = 5
ISSUER = "gotrue"
INSTANCE_ID = str(uuid.UUID(int=0))
ANSWER = Struct("WebhookResponse", {"app_metadata": dict, "user_metadata": dict})
GOOD = frozenset({HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT})


class Hooks:
    """Sends the events of one instance, and keeps every delivery in the store."""

    def __init__(self, config: IdentityConfig, store: Store, clock: Clock) -> None:
        self._config = config
        self.deliveries = Deliveries(store, clock)

    async def ask(self, event: str, user: User) -> User:
        """Send an event before it counts; returns the user with the metadata of the answers.

        Raises HTTPError where it is refused or not answered: then nothing of it may be kept.
        """
        for url in self._config.hook_urls(event):
            user = _with_answer(user, await self._send(event, url, user))
        return user

    async def tell(self, event: str, user: User) -> User:
        """Send an event of what has been done; returns the user with the metadata of the answers.

        That it was not taken is kept, and no more.
        """
        try:
            return await self.ask(event, user)
        except HTTPError:
            return user

    async def send_again(self, delivery: Delivery) -> Delivery:
        """Send one now, and once; nothing is made of the answer."""
        return self._noted(delivery, await self._post(delivery))

    async def _send(self, event: str, url: str, user: User) -> bytes:
        body = json.dumps({"event": event, "instance_id": INSTANCE_ID, "user": user.public()})
        delivery = self.deliveries.begin("netlify", event, url, body)
        answer = WebhookAnswer(None)
        for _ in range(TRIES):
            answer = await self._post(delivery)
            delivery = self._noted(delivery, answer)
            if answer.problem == webhook_request.NOT_CONNECTED:
                raise HTTPError(502, f"Failed to connect to {url}")
            if answer.status in GOOD:
                return answer.body
        if answer.problem == webhook_request.TIMED_OUT:
            allowed = f"{TIMEOUT_SECONDS} seconds"
            raise HTTPError(504, f"Failed to perform webhook in time frame ({allowed})")
        raise HTTPError(422, "Failed to handle signup webhook")

    def _noted(self, delivery: Delivery, answer: WebhookAnswer) -> Delivery:
        return self.deliveries.note(delivery, answer.status, answer.problem, None)

    async def _post(self, delivery: Delivery) -> WebhookAnswer:
        headers = {
            "x-netlify-event": f"identity_{delivery.event}",
            "x-webhook-signature": signature(self._config.hook_secret, delivery.body),
        }
        return await webhook_request.post(delivery.url, headers, delivery.body, TIMEOUT_SECONDS)


def signature(secret: str, body: str) -> str:
    """Return the JWT of a body; by the machine's time, since nobody moves the receiver's clock."""
    claims = {
        "iat": int(time.time()),
        "iss": ISSUER,
        "sub": INSTANCE_ID,
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
    }
    return jwt.encode(claims, secret, "HS256")


def _with_answer(user: User, body: bytes) -> User:
    """Put the answer's metadata in the place of the user's, where it has any."""
    if not body:
        return user
    try:
        return replace(user, **go_json.decode(body, ANSWER))
    except InvalidBody as error:
        raise HTTPError(500, f"Webhook returned malformed JSON: {error}") from error
