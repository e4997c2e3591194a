"""Counts in a background thread, for as long as the process is not frozen."""

import threading
import time

TICKS = []


def tick():
    while True:
        TICKS.append(None)
        time.sleep(0.01)


threading.Thread(target=tick, daemon=True).start()


def handler(event, context):
    before = len(TICKS)
    time.sleep(event["seconds"])
    return {"before": before, "after": len(TICKS)}
