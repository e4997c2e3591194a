"""The user record and the collection that keeps it (GoTrue `models/user.go`)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace

from local.identity.errors import HTTPError
from local.kit.clock import Clock
from local.kit.store import Document, Store

ADMIN_ROLE = "admin"
SYSTEM_USER_ID = str(uuid.UUID(int=0))

_HIDDEN = ("password_hash", "confirmation_token", "recovery_token", "email_change_token")
_OMITTED_WHEN_EMPTY = (
    "confirmed_at",
    "invited_at",
    "confirmation_sent_at",
    "recovery_sent_at",
    "new_email",
    "email_change_sent_at",
)
_HEX_GROUPS = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}"
_UUID = re.compile(rf"(?:urn:uuid:)?(?:{_HEX_GROUPS})|\{{(?:{_HEX_GROUPS})\}}", re.IGNORECASE)


@dataclass(frozen=True)
class User:
    """Holds one account; times are in RFC 3339, and "" means never.

    `user_metadata` is None where a request made the account and gave none: its own answer and its
    webhook say null, and every later one an empty object.
    """

    id: str
    email: str
    aud: str
    created_at: str
    updated_at: str
    role: str = ""
    password_hash: str = ""
    confirmed_at: str = ""
    invited_at: str = ""
    confirmation_token: str = ""
    confirmation_sent_at: str = ""
    recovery_token: str = ""
    recovery_sent_at: str = ""
    new_email: str = ""
    email_change_token: str = ""
    email_change_sent_at: str = ""
    app_metadata: Document = field(default_factory=dict)
    user_metadata: Document | None = None

    @property
    def metadata(self) -> Document:
        return self.user_metadata or {}

    def public(self) -> Document:
        """Return what callers see: no secret, and no empty optional field."""
        return {
            name: value
            for name, value in asdict(self).items()
            if name not in _HIDDEN and (value or name not in _OMITTED_WHEN_EMPTY)
        }

    def is_admin(self, audience: str) -> bool:
        """Tell by `role`, not by `app_metadata.roles` (GoTrue `api/helpers.go` isAdmin)."""
        return self.id == SYSTEM_USER_ID or (self.role == ADMIN_ROLE and self.aud == audience)


_FIELDS = frozenset(one.name for one in fields(User))


class Users:
    """Holds every account, in the order of signing up; addresses are compared without case."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._documents = store.collection("identity_users")
        self._clock = clock

    def new(
        self, email: str, audience: str, *, password_hash: str, user_metadata: Document | None
    ) -> User:
        """Return an account that is not kept yet."""
        now = self._clock.timestamp()
        return User(
            id=str(uuid.uuid4()),
            email=email,
            aud=audience,
            created_at=now,
            updated_at=now,
            password_hash=password_hash,
            app_metadata={"provider": "email"},
            user_metadata=user_metadata,
        )

    def save(self, user: User) -> User:
        """Keep `user`; returns it with a new `updated_at`.

        That is not kept: GoTrue writes only the columns that it names (`storage/sql.go`).
        """
        kept = {"user_metadata": user.metadata, "updated_at": user.created_at}
        self._documents.put(user.id, asdict(user) | kept)
        return replace(user, updated_at=self._clock.timestamp())

    def delete(self, user: User) -> None:
        self._documents.delete(user.id)

    def with_id(self, user_id: str) -> User | None:
        document = self._documents.get(user_id)
        return _user(document) if document else None

    def with_email(self, email: str, audience: str) -> User | None:
        wanted = email.lower()
        users = self._where(aud=audience)
        return next((user for user in users if user.email.lower() == wanted), None)

    def check_free(self, email: str, audience: str) -> None:
        """Raise HTTPError 422 when somebody has the address."""
        if self.with_email(email, audience):
            raise HTTPError(422, "Email address already registered by another user")

    def with_confirmation_token(self, token: str) -> User | None:
        return next(self._where(confirmation_token=token), None)

    def with_recovery_token(self, token: str) -> User | None:
        return next(self._where(recovery_token=token), None)

    def in_audience(self, audience: str) -> list[User]:
        """Return the audience's users, oldest first."""
        return list(self._where(aud=audience))

    def _where(self, **fields: str) -> Iterator[User]:
        return (_user(document) for document in self._documents.find(**fields))


def _user(document: Document) -> User:
    """Return a stored account; one of an earlier version may have fields that there are no more."""
    return User(**{name: value for name, value in document.items() if name in _FIELDS})


def system_user(audience: str) -> User:
    """Return the user that an operator token stands for: not stored, with every right."""
    return User(id=SYSTEM_USER_ID, email="", aud=audience, created_at="", updated_at="")


def parse_user_id(text: str) -> str | None:
    """Return the canonical form of a UUID, in braces or after `urn:uuid:` too; None for others.

    These are the forms that GoTrue's parser reads (gofrs/uuid, `UnmarshalText`).
    """
    return str(uuid.UUID(text)) if _UUID.fullmatch(text) else None
