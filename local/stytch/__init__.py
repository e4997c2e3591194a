"""An emulator of Stytch's consumer API: e-mail magic links, sessions, users.

It serves both of Stytch's doors: `/v1` for servers, and `/sdk/v1` for the SDK in a page.

Deliberately different from Stytch:

- A mail's link leads straight to the redirect URL, not through Stytch's page that stops bots.
- Redirect URLs match exactly, without wildcards or placeholders; http is allowed for every host.
- Templates and locales are ignored: a mail is its subject and its link.
- An address that `send` adds to a user stays when it is not proven within five minutes.
- Users are not locked after failed attempts: a wrong token names no user who could be locked.
- Of the rate limits there is one: a mail per second and address.
- There is no RBAC policy, so every `authorization_check` is refused.
- Inviting an active user is refused with `duplicate_email`, and revoking a session that is gone
  with `session_not_found`; Stytch documents neither.
- Messages that Stytch does not publish are in words of our own (`errors.ErrorType`).
- The authorized domains of pages match exactly, without wildcards. There is no captcha.
- `GET /_admin` lists controls that the real service does not have.
"""

from __future__ import annotations

from local.stytch.app import create_app
from local.stytch.config import StytchConfig
from local.stytch.failing import ENDPOINTS
from local.stytch.front_end.app import FRONT_END_PATH
from local.stytch.people import People

__all__ = ["ENDPOINTS", "FRONT_END_PATH", "People", "StytchConfig", "create_app"]
