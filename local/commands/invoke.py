"""`python -m local invoke <function> <event file>`: call a function of the running local cloud."""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import requests

from local import stack
from local.commands.event_file import EventFile, EventFileError, read_event_file
from local.state_dir import running_cloud

DEFAULT_PORT = "3001"
SECONDS = 60


def main(arguments: Sequence[str]) -> int:
    """Print the answer, and the log on standard error; returns 0 unless there was an error."""
    options = _parse(arguments)
    state_dir = stack.chosen_folder(options.state, os.environ)
    endpoint = options.endpoint or _endpoint(state_dir)
    if endpoint is None:
        name, start = stack.name_of(state_dir), stack.with_name("make dev", state_dir)
        print(f"the stack {name} does not run; {start} starts it", file=sys.stderr)
        return 1
    try:
        event_file = read_event_file(options.event, os.environ)
        response = _post(endpoint, options.function, event_file, _seconds(state_dir))
        answer = response.json()
    except EventFileError as error:
        print(error, file=sys.stderr)
        return 2
    except requests.RequestException:
        print(f"no Lambda answers at {endpoint}; is `make dev` running?", file=sys.stderr)
        return 1
    print(base64.b64decode(response.headers.get("x-amz-log-result", "")).decode(), file=sys.stderr)
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0 if response.ok and "x-amz-function-error" not in response.headers else 1


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local invoke")
    parser.add_argument("function", help="such as create, or its logical id in template.yaml")
    parser.add_argument("event", type=Path, help="a file such as events/create-netlify.json")
    parser.add_argument("--endpoint", metavar="URL", help="another Lambda than the local cloud's")
    stack.add_state_option(parser)
    return parser.parse_args(arguments)


def _endpoint(state_dir: Path) -> str | None:
    """Return the URL at LAMBDA_PORT if that is set, else where the running local cloud listens.

    The usual port belongs to `main`: another stack that does not run has none.
    """
    running = running_cloud(state_dir)
    if "LAMBDA_PORT" not in os.environ:
        if running and running.lambda_url:
            return running.lambda_url
        if stack.name_of(state_dir) != stack.MAIN:
            return None
    return f"http://127.0.0.1:{os.environ.get('LAMBDA_PORT', DEFAULT_PORT)}"


def _seconds(state_dir: Path) -> float | None:
    """Return how long to wait for an answer: without end where a debugger may hold it up."""
    running = running_cloud(state_dir)
    return None if running and "debugger" in running.ports else SECONDS


def _post(
    endpoint: str, function: str, event_file: EventFile, seconds: float | None
) -> requests.Response:
    headers = {"content-type": "application/json", "x-amz-log-type": "Tail"}
    if event_file.client_context is not None:
        encoded = base64.b64encode(event_file.client_context.encode())
        headers["x-amz-client-context"] = encoded.decode()
    url = f"{endpoint}/2015-03-31/functions/{function}/invocations"
    return requests.post(url, event_file.payload, headers=headers, timeout=seconds)
