"""Somebody who has signed in: the answer that every function works with."""

from typing import Literal, NamedTuple, get_args

from shared.settings.settings import settings
from shared.text import normalise_email, without_hidden_characters

Provider = Literal["netlify", "stytch"]

PROVIDERS: tuple[Provider, ...] = get_args(Provider)

ADMIN = "admin"


class Principal(NamedTuple):
    """Somebody who has signed in.

    `id` is `netlify:<sub>` or `stytch:<user_id>`; rows belong to it, never to an e-mail address.
    `confirmed` says that the provider itself was asked during this request. `session_id` is the
    Stytch session that showed who it is.
    """

    id: str
    provider: Provider
    email: str
    name: str
    roles: tuple[str, ...] = ()
    confirmed: bool = False
    session_id: str | None = None

    @property
    def is_admin(self) -> bool:
        return ADMIN in self.roles

    @property
    def subject(self) -> str:
        """The id by which the provider knows this person."""
        return self.id.partition(":")[2]


def make_principal(
    provider: Provider,
    subject: str,
    email: str,
    name: object,
    role_lists: tuple[object, ...],
    *,
    confirmed: bool,
) -> Principal:
    """The principal of a provider's claims: a verified address, a name and lists of roles.

    A name or a list that is not one counts as none. `ADMIN_EMAILS` makes its addresses admins.
    """
    address = normalise_email(email)
    roles = {role for roles in role_lists for role in _texts(roles)}
    if address in settings().admin_emails:
        roles.add(ADMIN)
    return Principal(
        id=f"{provider}:{subject}",
        provider=provider,
        email=address,
        name=_display_name(name) or address,
        roles=tuple(sorted(roles)),
        confirmed=confirmed,
    )


def _display_name(value: object) -> str:
    """At most 255 visible characters of a name; empty where there is none."""
    return without_hidden_characters(value).strip()[:255] if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
