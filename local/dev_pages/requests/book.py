"""The last requests, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from local.kit.exchange import Exchange

MOST_REQUESTS = 500


class Book:
    """Holds the last MOST_REQUESTS exchanges; `added` is called after each new one."""

    def __init__(self) -> None:
        self._exchanges: OrderedDict[str, Exchange] = OrderedDict()
        self.added: Callable[[], None] = lambda: None

    def add(self, exchange: Exchange) -> None:
        self._exchanges[exchange.id] = exchange
        if len(self._exchanges) > MOST_REQUESTS:
            self._exchanges.popitem(last=False)
        self.added()

    def newest_first(self) -> list[Exchange]:
        return list(reversed(self._exchanges.values()))

    def find(self, exchange_id: str) -> Exchange | None:
        """Return None for one that has made place for newer ones."""
        return self._exchanges.get(exchange_id)
