"""Does whatever a function should not, as told by the event or the path."""

import os
import sys
import time


def handler(event, context):
    how = event.get("how") or event["pathParameters"]["how"]
    if how == "raise":
        raise ValueError("a wrong value")
    if how == "print":
        sys.stdout.write(event["text"] + "\n")
    if how == "sleep":
        time.sleep(event.get("seconds", 9))
    if how == "wait":
        while not os.path.exists(event["for"]):
            time.sleep(0.01)
    if how == "exit":
        os._exit(event.get("status", 7))
    if how == "flood":
        return "x" * (7 * 1024 * 1024)
    return os.getpid()
