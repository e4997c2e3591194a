"""Takes longer than its timeout, unless told otherwise."""

import time


def handler(event, context):
    time.sleep(event.get("seconds", 30))
