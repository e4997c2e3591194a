"""Tells open pages what has changed, by server-sent events (HTML Standard, section 9.2).

An event is the name of a topic, such as `requests`. A page then asks for its own parts again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable

LOOK_EVERY_SECONDS = 1.0
LOOKS_BETWEEN_SIGNS_OF_LIFE = 15
RECONNECT_MS = 1000


class Live:
    """Holds the open streams; states are looked at every `look_every_seconds`."""

    def __init__(self, look_every_seconds: float = LOOK_EVERY_SECONDS) -> None:
        self._look_every_seconds = look_every_seconds
        self._streams: set[_Stream] = set()
        self._is_over = False

    def tell(self, topic: str) -> None:
        """Tell every open page that something of this topic has changed."""
        for stream in self._streams:
            stream.tell(topic)

    async def stream(self, topic: str, state: Callable[[], Hashable]) -> AsyncIterator[str]:
        """Yield events until the local cloud ends; also of `topic`, when its `state` is another.

        `state` is looked at: the emulators do not say when a fault has been used up.
        """
        stream = _Stream()
        self._streams.add(stream)
        last, quiet = state(), 0
        try:
            yield f"retry: {RECONNECT_MS}\n\n"
            while not self._is_over:
                topics = await stream.topics(self._look_every_seconds)
                if state() != last:
                    last = state()
                    topics.add(topic)
                quiet = 0 if topics else quiet + 1
                for changed in sorted(topics):
                    yield f"data: {changed}\n\n"
                if quiet == LOOKS_BETWEEN_SIGNS_OF_LIFE:
                    quiet = 0
                    yield ":\n\n"
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
        """Return what has been told since the last call; waits for something, but not long."""
        try:
            await asyncio.wait_for(self._woken.wait(), within_seconds)
        except TimeoutError:
            return set()
        self._woken.clear()
        topics, self._topics = self._topics, set()
        return topics
