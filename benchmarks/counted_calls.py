"""`python counted_calls.py FILE`: call handlers again and again, each scenario between two marks.

FILE is JSON: `scenarios` (`name`, `module`, `event`) with `warm_up` and `calls`. Each scenario gets
the last `answer` written into it, and the processor time of a call in `milliseconds`. A mark is a
call of getpriority(2), which nobody else makes: Callgrind is told to write its counts down there.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace


def mark() -> None:
    """Where Callgrind writes down what it has counted since the last mark."""
    os.getpriority(os.PRIO_PROCESS, 0)


if __name__ == "__main__":
    task = json.loads(Path(sys.argv[1]).read_text())
    handlers = {
        one["module"]: importlib.import_module(one["module"]).handler for one in task["scenarios"]
    }
    context = SimpleNamespace(
        aws_request_id="8d2bd1f4-9b1e-4a8a-9c77-0e8f7b5b7c11",
        client_context=None,
        function_name="measured",
        get_remaining_time_in_millis=lambda: 15_000,
    )
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the log of every request
    for one in task["scenarios"]:
        handler, event = handlers[one["module"]], one["event"]
        for _ in range(task["warm_up"]):
            one["answer"] = handler(event, context)
        mark()
        begun = time.process_time()
        for _ in range(task["calls"]):
            handler(event, context)
        one["milliseconds"] = (time.process_time() - begun) * 1000 / max(1, task["calls"])
        mark()
    Path(sys.argv[1]).write_text(json.dumps(task))
