"""What a provider says of one of its users, at the moment when it is asked."""

from typing import NamedTuple

from shared.auth.principal import Principal


class ProviderRecord(NamedTuple):
    """`exists` is False when the provider says that it has no such user (any more).

    `person` is None for a user who has not proven to own an address.
    """

    exists: bool
    person: Principal | None = None


NO_SUCH_USER = ProviderRecord(exists=False)
