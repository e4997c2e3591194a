"""Handlers that are never collected: they live as long as their process, with their loops."""

from __future__ import annotations

from mangum.types import ASGI

from shared.lambda_handler import Handler, make_handler

_HANDLERS: list[Handler] = []


def lasting_handler(app: ASGI) -> Handler:
    """A handler for the app that lives until the test process ends."""
    _HANDLERS.append(make_handler(app))
    return _HANDLERS[-1]
