"""`python repeated_calls.py MODULE EVENT CALLS`: call MODULE's handler again and again.

The last line on standard output is a JSON array of what each call took, in milliseconds.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace

WARM_UP = 100
ISSUES_OF_THE_EVENT = 10

if __name__ == "__main__":
    module, event_file, calls = sys.argv[1:]
    handler = importlib.import_module(module).handler
    event = json.loads(Path(event_file).read_text())
    context = SimpleNamespace(aws_request_id="benchmark", client_context=None, function_name="get")

    latencies = []
    for _ in range(WARM_UP + int(calls)):
        begun = time.perf_counter()
        answer = handler(event, context)
        latencies.append((time.perf_counter() - begun) * 1000)
        if len(json.loads(answer["body"])) != ISSUES_OF_THE_EVENT:
            sys.exit(f"{module} answered {answer}")
    print(json.dumps(latencies[WARM_UP:]))
