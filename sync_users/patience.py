"""A provider that asks for patience gets it: this is no request that somebody waits for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from shared.auth.upstream_http import Answer
from shared.errors import UpstreamUnavailable

TRIES = 5


def patiently(ask: Callable[..., Answer], *arguments: Any) -> Answer:
    """What is answered at last; waits for as long as each refusal says. Raises as `ask` does."""
    for _ in range(TRIES - 1):
        try:
            return ask(*arguments)
        except UpstreamUnavailable as error:
            time.sleep(error.retry_after)
    return ask(*arguments)
