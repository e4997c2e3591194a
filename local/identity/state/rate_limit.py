"""A token bucket for each key (GoTrue's limiter on /token: 30 at once, refilled over 5 minutes)."""

from __future__ import annotations

from local.kit.clock import Clock

MOST_KEYS = 10_000


class RateLimit:
    """Allows `burst` takes at once, and one more each `refill_seconds / burst`."""

    def __init__(self, clock: Clock, *, burst: int, refill_seconds: int) -> None:
        self._clock = clock
        self._burst = burst
        self._per_second = burst / refill_seconds
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> bool:
        """Take one; returns False when none was left for `key`."""
        now = self._clock.now()
        left, since = self._buckets.get(key, (float(self._burst), now))
        left = min(self._burst, left + max(0.0, now - since) * self._per_second)
        allowed = left >= 1
        if len(self._buckets) >= MOST_KEYS:
            self._buckets.clear()
        self._buckets[key] = (left - 1 if allowed else left, now)
        return allowed
