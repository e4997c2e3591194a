"""`python counted_start.py FILE`: import a handler as AWS's runtime client does, and call it once.

FILE is JSON with `module` and `event`; the answer is written into it. Before and after the call
there is a mark (see counted_calls.py): what Callgrind counts until the first one is the init phase.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import awslambdaric.bootstrap  # noqa: F401 - Lambda's runtime imports it first

if __name__ == "__main__":
    task = json.loads(Path(sys.argv[1]).read_text())
    context = SimpleNamespace(
        aws_request_id="8d2bd1f4-9b1e-4a8a-9c77-0e8f7b5b7c11",
        client_context=None,
        function_name="measured",
        get_remaining_time_in_millis=lambda: 15_000,
    )
    handler = importlib.import_module(task["module"]).handler
    os.getpriority(os.PRIO_PROCESS, 0)
    task["answer"] = handler(task["event"], context)
    os.getpriority(os.PRIO_PROCESS, 0)
    Path(sys.argv[1]).write_text(json.dumps(task))
