"""Hypothesis's `given`, on machines of any speed: a slow example is no failure of the code."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

__all__ = ["given"]

settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any speed")
