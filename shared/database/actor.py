"""Who makes a change, as the statements need to know it. A Principal is one."""

from __future__ import annotations

from typing import Protocol


class Actor(Protocol):
    """Somebody who has signed in. Rows belong to `id`, never to an e-mail address."""

    @property
    def id(self) -> str: ...

    @property
    def provider(self) -> str: ...

    @property
    def email(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def is_admin(self) -> bool: ...


def parameters_of(actor: Actor) -> dict[str, str]:
    """What statements about somebody's own row in `users` are given."""
    return {
        "actor": actor.id,
        "provider": actor.provider,
        "email": actor.email,
        "name": actor.name,
    }
