"""The log: one JSON object a line, on standard output. Lambda adds the time."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from typing import Any

_lowest_level = logging.INFO


def set_level(name: str) -> None:
    """Leave out lines below this level: DEBUG, INFO, WARNING or ERROR."""
    global _lowest_level
    _lowest_level = logging.getLevelNamesMapping()[name]


def write(level: int, **members: Any) -> None:
    """Write one line, unless `LOG_LEVEL` is above `level`."""
    if level < _lowest_level:
        return
    line = json.dumps({"level": logging.getLevelName(level), **members})
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def crash(error: BaseException) -> dict[str, Any]:
    """Members for the line of an unexpected exception: its traceback, and a metric that counts it.

    The metric is `UnhandledErrors` in the namespace `Latchkey`, without dimensions, so that one
    alarm serves all functions (CloudWatch embedded metric format, version 1).
    """
    return {
        "crash": "".join(traceback.format_exception(error)),
        "UnhandledErrors": 1,
        "_aws": {
            "Timestamp": int(time.time() * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": "Latchkey",
                    "Dimensions": [[]],
                    "Metrics": [{"Name": "UnhandledErrors", "Unit": "Count"}],
                }
            ],
        },
    }
