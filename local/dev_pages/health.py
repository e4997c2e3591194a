"""Whether every part answers, asked through its own door."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from local.kit.request_log import UNLOGGED_AGENT

TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True)
class Probe:
    """One request to 127.0.0.1, and the status that means "up"."""

    part: str
    port: int
    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


class Health:
    """Asks all parts at the same time."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = probes

    async def parts(self) -> dict[str, str]:
        """Each part's name with `up` or `down`."""
        answers = await asyncio.gather(
            *(asyncio.to_thread(_answers, probe) for probe in self._probes)
        )
        return {
            probe.part: "up" if answer else "down"
            for probe, answer in zip(self._probes, answers, strict=True)
        }

    async def failing(self) -> list[str]:
        return [part for part, state in (await self.parts()).items() if state != "up"]


def _answers(probe: Probe) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", probe.port, timeout=TIMEOUT_SECONDS)
    try:
        headers = {**probe.headers, "User-Agent": UNLOGGED_AGENT.decode()}
        connection.request(probe.method, probe.path, headers=headers)
        return connection.getresponse().status == probe.status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
