"""An emulator of Stytch's consumer API: e-mail magic links, sessions, users."""

from __future__ import annotations

from local.stytch.app import create_app
from local.stytch.config import StytchConfig

__all__ = ["StytchConfig", "create_app"]
