"""One short line for each request: when, what, how it ended, by whom, and whether it was cold."""

from __future__ import annotations

import re
import time
from typing import NamedTuple

from local.dev_pages.requests.facts import facts_of, request_line
from local.kit.exchange import Exchange
from local.kit.request_log import Answered

# An id is long, and its first characters are enough to tell two people apart.
LONG_ID = re.compile(r"^(\w+):(?:user-(?:test|live)-)?(\w{8})[\w-]+$")
METHOD_WIDTH = 6
PATH_WIDTH = 32
MS_WIDTH = 8


class RequestWords(NamedTuple):
    """The line's parts; `status` is the function's own for a call through the Invoke API."""

    method: str
    path: str
    status: int
    ms: int
    about: tuple[str, ...] = ()

    def line(self, seconds: float) -> str:
        """Return the line of a request that was answered so many seconds after 1970."""
        at = time.strftime("%H:%M:%S", time.localtime(seconds))
        what = f"{self.method:<{METHOD_WIDTH}} {self.path:<{PATH_WIDTH}} {self.status}"
        spent = f"{self.ms} ms"
        return "  ".join([f"{at} {what}{spent:>{MS_WIDTH}}", *self.about])


def words_of(request: Answered, exchange: Exchange | None) -> RequestWords:
    """Return what is worth knowing of a request; `exchange` is what came of it."""
    plain = RequestWords(request.method, request.path, request.status, request.ms)
    if exchange is None or exchange.call is None:
        return plain
    facts = facts_of(exchange, short_person)
    cold = "cold start" + _cold_ms(exchange) if facts.is_cold else ""
    about = tuple(word for word in (facts.function, facts.person, facts.code, cold) if word)
    if facts.door != "Invoke API":
        return plain._replace(about=about)
    line = request_line(exchange)
    inner = f"{facts.function} {line.get('method', '')} {facts.route}".strip()
    status = line.get("status", request.status)
    return RequestWords("INVOKE", inner, status, request.ms, about[1:])


def short_person(principal: str) -> str:
    """Return `netlify:f47a52b9`: no address, which logs must not have."""
    return LONG_ID.sub(r"\1:\2", principal)


def _cold_ms(exchange: Exchange) -> str:
    phases = exchange.call.invocation.phases if exchange.call and exchange.call.invocation else ()
    return "".join(f" {phase.ms:.0f} ms" for phase in phases if phase.name == "cold start")
