"""Webhooks about users, signed and sent again as Svix does it for Stytch.

Sources: stytch.com/docs, "Webhooks"; the catalogue "Stytch Consumer Webhook Event Types" at
svix.com; docs.svix.com, "Retry Schedule" and "Verifying webhooks manually".
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from contextlib import suppress
from typing import Literal

from local.kit import webhook_request
from local.kit.clock import Clock, rfc3339
from local.kit.deliveries import Deliveries, Delivery
from local.kit.store import Document, Store
from local.stytch.config import StytchConfig
from local.stytch.ids import new_id

Source = Literal["DIRECT", "DASHBOARD"]
Action = Literal["CREATE", "UPDATE", "DELETE"]

# Seconds from each failed attempt to the next one: eight attempts in all.
PAUSES = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)
TIMEOUT_SECONDS = 15


class Webhooks:
    """Sends events to every address of the project; deliveries that wait are kept in the store."""

    def __init__(self, config: StytchConfig, store: Store, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self.deliveries = Deliveries(store, clock)
        self._woken = asyncio.Event()
        self._sending: asyncio.Task[None] | None = None
        clock.watch(self._woken.set)

    def tell(self, action: Action, user: Document, source: Source = "DIRECT") -> None:
        """Tell what was done to a user; the caller does not wait for the answers."""
        event = f"{source}.user.{action}".lower()
        body = json.dumps(self._event(action, user, source))
        for url in self._config.webhook_urls:
            self.deliveries.begin("stytch", event, url, body)
        if self._config.webhook_urls:
            self.resume()

    def resume(self) -> None:
        """Send what is due, and go on whenever something is; needs a running event loop."""
        self._woken.set()
        if self._sending is None or self._sending.done():
            self._sending = asyncio.get_running_loop().create_task(self._send_whenever_due())

    async def send_again(self, delivery: Delivery) -> Delivery:
        """Send one now; the attempts that it has before it stay as they are."""
        answer = await self._post(delivery)
        return self.deliveries.note(
            delivery, answer.status, answer.problem, delivery.next_attempt_at
        )

    async def _send_whenever_due(self) -> None:
        while True:
            self._woken.clear()
            now = self._clock.now()
            due = [one for one in self._waiting() if one.due_at <= now]
            await asyncio.gather(*(self._attempt(delivery) for delivery in due))
            next_due = min((one.due_at for one in self._waiting()), default=None)
            pause = None if next_due is None else max(0.0, next_due - self._clock.now())
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause)

    def _waiting(self) -> list[Delivery]:
        return list(self.deliveries.waiting("stytch"))

    async def _attempt(self, delivery: Delivery) -> None:
        answer = await self._post(delivery)
        number = len(delivery.attempts)
        is_done = answer.status is not None and 200 <= answer.status < 300
        is_last = is_done or number >= len(PAUSES)
        next_attempt_at = None if is_last else self._clock.now() + PAUSES[number]
        self.deliveries.note(delivery, answer.status, answer.problem, next_attempt_at)

    async def _post(self, delivery: Delivery) -> webhook_request.WebhookAnswer:
        headers = signature_headers(self._config.webhook_secret, delivery.id, delivery.body)
        return await webhook_request.post(delivery.url, headers, delivery.body, TIMEOUT_SECONDS)

    def _event(self, action: Action, user: Document, source: Source) -> Document:
        event = {
            "action": action,
            "event_id": new_id("webhook-event"),
            "id": user["user_id"],
            "object_type": "user",
            "project_id": self._config.project_id,
            "source": source,
            "timestamp": rfc3339(self._clock.now()),
            "vertical": "CONSUMER",
        }
        return event if action == "DELETE" else event | {"user": user}


def signature_headers(secret: str, message_id: str, body: str) -> dict[str, str]:
    """Return Svix's headers; by the machine's time, since nobody moves the receiver's clock."""
    timestamp = str(int(time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.{body}".encode()
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "svix-id": message_id,
        "svix-timestamp": timestamp,
        "svix-signature": f"v1,{signature}",
    }
