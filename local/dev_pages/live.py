"""Tells open pages what has changed, by server-sent events (HTML Standard, section 9.2).

An event is the name of a topic, such as `requests`. A page then asks for its own parts again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

SIGN_OF_LIFE_SECONDS = 15.0
RECONNECT_MS = 1000


class Live:
    """Holds the open streams."""

    def __init__(self) -> None:
        self._streams: set[_Stream] = set()
        self._is_over = False

    def tell(self, topic: str) -> None:
        """Tell every open page that something of this topic has changed."""
        for stream in self._streams:
            stream.tell(topic)

    async def stream(self) -> AsyncIterator[str]:
        """Yield the events of one page until the local cloud ends."""
        stream = _Stream()
        self._streams.add(stream)
        try:
            yield f"retry: {RECONNECT_MS}\n\n"
            while not self._is_over:
                topics = await stream.topics(SIGN_OF_LIFE_SECONDS)
                for topic in sorted(topics):
                    yield f"data: {topic}\n\n"
                if not topics and not self._is_over:
                    yield ":\n\n"  # a comment: who has gone away is noticed
        finally:
            self._streams.discard(stream)

    def close(self) -> None:
        """End all streams, so that they keep no server from stopping."""
        self._is_over = True
        for stream in self._streams:
            stream.wake()


class _Stream:
    def __init__(self) -> None:
        self._topics: set[str] = set()
        self._woken = asyncio.Event()

    def tell(self, topic: str) -> None:
        self._topics.add(topic)
        self.wake()

    def wake(self) -> None:
        self._woken.set()

    async def topics(self, within_seconds: float) -> set[str]:
        """Return what has been told since the last call; waits for something, but not for ever."""
        try:
            await asyncio.wait_for(self._woken.wait(), within_seconds)
        except TimeoutError:
            return set()
        self._woken.clear()
        topics, self._topics = self._topics, set()
        return topics
