"""`kill -9` of the database server under load: every row that was acknowledged is there, once."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Event
from typing import Any, NamedTuple

import requests

from tests.security.makers import bearer
from tests.security.site import Site
from tests.support.running_cloud import RunningCloud

CALLERS = 6
SECONDS_BETWEEN_KILLS = 3.0
SECONDS_TO_HEAL = 60.0
SENT_AGAIN = 3
LONGEST_ANSWER_SECONDS = 30


class Survived(NamedTuple):
    """How many rows were acknowledged, and how many of these were found, once or more often."""

    kills: int
    acknowledged: int
    found: int
    doubled: int

    @property
    def is_right(self) -> bool:
        return self.acknowledged == self.found > 0 and self.doubled == 0


def run(cloud: RunningCloud, site: Site, kills: int) -> Survived:
    """Create issues from all sides while the server is killed so often, then count them."""
    writer = bearer(site.people.new("netlify").jwt)
    is_over = Event()
    with ThreadPoolExecutor(CALLERS) as pool:
        faces = [face for face, _ in zip(cycle(site.faces.values()), range(CALLERS), strict=False)]
        writing = [pool.submit(_keep_creating, face, writer, is_over) for face in faces]
        for _ in range(kills):
            time.sleep(SECONDS_BETWEEN_KILLS)
            cloud.kill_database()
        _wait_until_well(site)
        is_over.set()
        acknowledged = [title for titles in writing for title in titles.result()]
    found = _titles_of(site, writer)
    return Survived(
        kills=kills,
        acknowledged=len(acknowledged),
        found=sum(title in found for title in acknowledged),
        doubled=sum(times > 1 for times in found.values()),
    )


def _keep_creating(face: str, headers: dict[str, str], is_over: Event) -> list[str]:
    """Titles of the issues that were acknowledged; one that was not is sent again with its key."""
    acknowledged = []
    while not is_over.is_set():
        title = uuid.uuid4().hex
        key = {"Idempotency-Key": title}
        for _ in range(SENT_AGAIN):
            if _create(face, title, headers | key) == 201:
                acknowledged.append(title)
                break
    return acknowledged


def _create(face: str, title: str, headers: dict[str, str]) -> int:
    return requests.post(
        f"{face}/api/issues", json={"title": title}, headers=headers, timeout=LONGEST_ANSWER_SECONDS
    ).status_code


def _wait_until_well(site: Site) -> None:
    """Until the database answers again; raises TimeoutError."""
    deadline = time.monotonic() + SECONDS_TO_HEAL
    while _get(f"{site.faces['AWS']}/api/health", {}).status_code != 200:
        if time.monotonic() > deadline:
            raise TimeoutError("the database did not come back")
        time.sleep(0.2)


def _titles_of(site: Site, headers: dict[str, str]) -> Counter[str]:
    """Titles of the caller's issues, page by page."""
    titles: Counter[str] = Counter()
    path: str | None = "/api/issues?assignee=me&limit=200"
    while path:
        page = _get(site.faces["AWS"] + path, headers)
        rows: list[dict[str, Any]] = page.json()
        titles.update(row["title"] for row in rows)
        path = page.links.get("next", {}).get("url")
    return titles


def _get(url: str, headers: dict[str, str]) -> requests.Response:
    return requests.get(url, headers=headers, timeout=LONGEST_ANSWER_SECONDS)
