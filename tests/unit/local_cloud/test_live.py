"""local/dev_pages/live.py: what open pages are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from local.dev_pages.live import Live


def events_of(live: Live, act: Callable[[], None]) -> list[str]:
    """What a page hears that is open while `act` happens."""

    async def listen() -> list[str]:
        stream: AsyncIterator[str] = live.stream()
        heard = [await anext(stream)]
        act()
        heard.append(await anext(stream))
        live.close()
        heard.extend([event async for event in stream])
        return heard[1:]

    return asyncio.run(listen())


def test_topic_that_is_told_reaches_an_open_page() -> None:
    live = Live()

    assert events_of(live, lambda: live.tell("mail")) == ["data: mail\n\n"]


def test_topics_told_at_once_are_told_once_each() -> None:
    live = Live()

    def tell_three() -> None:
        live.tell("requests")
        live.tell("mail")
        live.tell("requests")

    assert events_of(live, tell_three) == ["data: mail\n\n", "data: requests\n\n"]


def test_stream_of_a_cloud_that_stops_ends() -> None:
    live = Live()

    async def listen() -> list[str]:
        live.close()
        return [event async for event in live.stream()]

    assert asyncio.run(listen()) == ["retry: 1000\n\n"]
