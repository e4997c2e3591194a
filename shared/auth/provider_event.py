"""An event that a provider has sent: a hint that one of its users may have changed."""

import re
from typing import NamedTuple

from shared.auth.principal import Provider
from shared.errors import Unauthenticated

TOLERANCE_SECONDS = 300  # by which the time of a signature may differ from ours
_USER_ID = r"[!-~]{1,120}"


class ProviderEvent(NamedTuple):
    """Which user it is about. What has become of them, only the provider's own record says.

    `kind` is the provider's name of the event, `email` the address that the event has, which only
    decides about a sign-up. `is_deletion` says that the provider itself, by its signature, tells
    that the user is deleted: anybody may have sent a hint.
    """

    provider: Provider
    kind: str
    user_id: str
    email: str = ""
    is_deletion: bool = False

    @property
    def principal_id(self) -> str:
        """The id by which the user is known here."""
        return f"{self.provider}:{self.user_id}"


def is_user_id(value: object) -> bool:
    """Whether it may be an id of a provider: 1 to 120 printable ASCII characters."""
    return isinstance(value, str) and re.fullmatch(_USER_ID, value) is not None


def not_configured(setting: str) -> Unauthenticated:
    """The refusal of a webhook whose secret this site does not have."""
    return Unauthenticated("webhook_not_configured", f"{setting} is not set on this site.")


def refused() -> Unauthenticated:
    """The refusal of what is not signed, or not with our secret, or not within five minutes."""
    return Unauthenticated(
        "signature_invalid", "The signature is missing, wrong, or older than five minutes."
    )
