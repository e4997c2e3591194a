"""The e-mails that carry magic links."""

from __future__ import annotations

from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store
from local.stytch.config import LinkKind
from local.stytch.errors import ErrorType, StytchError
from local.stytch.redirect_urls import landing_url

_SUBJECTS: dict[LinkKind, str] = {
    "login": "Your login request to {project}",
    "signup": "Confirm your e-mail to sign up for {project}",
    "invite": "You are invited to {project}",
}


class Mailer:
    """Sends to the outbox, to each address once a second at most."""

    def __init__(self, store: Store, outbox: Outbox, clock: Clock, project_name: str) -> None:
        self._last_sends = store.collection("stytch_last_sends")
        self._outbox = outbox
        self._clock = clock
        self._project_name = project_name

    def reserve(self, email: str) -> None:
        """Take the address's one send of this second; raises `too_many_requests`.

        Windows are aligned to the clock, and the three sending endpoints share them
        (Stytch, Resources, Rate limits).
        """
        second = int(self._clock.now())
        last = self._last_sends.get(email)
        if last is not None and last["second"] == second:
            raise StytchError(ErrorType.TOO_MANY_REQUESTS)
        self._last_sends.put(email, {"second": second})

    def send(self, kind: LinkKind, email: str, redirect_url: str, token: str) -> None:
        self._outbox.send(
            to=email,
            subject=_SUBJECTS[kind].format(project=self._project_name),
            link=landing_url(redirect_url, token),
            provider="stytch",
        )

    def clear(self) -> None:
        self._last_sends.clear()
