"""`python -m local stacks`: the stacks of this checkout that run, and their end.

stacks [--json]             list them
stacks stop NAME ... | --all
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from local import stack
from local.kit.process import mark_of, signal_exactly
from local.state_dir import RunningCloud, forget_ended, running_cloud

ENDED_WITHIN_SECONDS = 30.0
POLL_SECONDS = 0.05
HEAD = ("NAME", "ADDRESS", "PORTS", "PID", "SINCE", "STATE")


class RunningStack(NamedTuple):
    """A stack that runs, and its state folder."""

    name: str
    folder: Path
    cloud: RunningCloud

    @property
    def document(self) -> dict[str, Any]:
        """What `--json` tells; `pid` is null where it is not this machine's."""
        return {
            "name": self.name,
            "status": "running" if self.cloud.url else "starting",
            "url": self.cloud.url or None,
            "ports": dict(self.cloud.ports),
            "pid": self.cloud.pid if self.is_ours else None,
            "since": self.cloud.since or None,
            "state": str(self.folder),
        }

    @property
    def is_ours(self) -> bool:
        """Whether the process that is noted is the one that runs, and not a later one."""
        return bool(self.cloud.mark) and mark_of(self.cloud.pid) == self.cloud.mark


def main(arguments: Sequence[str]) -> int:
    """List or stop; returns 0, or 1 after saying what could not be stopped."""
    options = _parse(arguments)
    home = options.state.resolve()
    for folder in stack.known_folders(home):
        if ended := forget_ended(folder):
            said = f"The stack {stack.name_of(folder)} has ended (process {ended.pid}) and left its"
            print(f"{said} entry, which is gone now.", file=sys.stderr)
    if options.command == "stop":
        return _stop(home, options)
    _show([one.document for one in _running(home)], options.json)
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py stacks", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("command", nargs="?", choices=["list", "stop"], default="list")
    parser.add_argument("names", nargs="*", metavar="NAME", help="the stacks to stop")
    parser.add_argument("--all", action="store_true", help="stop every stack")
    parser.add_argument("--json", action="store_true", help="print JSON")
    stack.add_state_option(parser)
    options = parser.parse_args(arguments)
    if options.command == "list" and (options.names or options.all):
        parser.error("to stop stacks, write: stacks stop NAME, or: stacks stop --all")
    if options.command == "stop" and bool(options.names) == options.all:
        parser.error("name the stacks to stop, or add --all; `stacks` lists them")
    return options


def _running(home: Path) -> Iterator[RunningStack]:
    for folder in stack.known_folders(home):
        if cloud := running_cloud(folder):
            yield RunningStack(stack.name_of(folder), folder, cloud)


def _show(documents: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print(json.dumps(documents, indent=2))
    elif documents:
        print(_table([HEAD, *map(_row, documents)]))
    else:
        print("No stack runs. `make dev` starts one.")


def _row(document: dict[str, Any]) -> tuple[str, ...]:
    return (
        document["name"],
        document["url"] or "starting",
        " ".join(str(port) for port in document["ports"].values()),
        str(document["pid"] or "elsewhere"),
        (document["since"] or "").replace("T", " ").replace("Z", " UTC"),
        _short(document["state"]),
    )


def _short(state: str) -> str:
    """The folder from here, where it lies below."""
    here = f"{os.getcwd()}{os.sep}"
    return state.removeprefix(here)


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return "\n".join("  ".join(row).rstrip() for row in padded)


def _stop(home: Path, options: argparse.Namespace) -> int:
    running = {one.name: one for one in _running(home)}
    names = list(running) if options.all else list(map(stack.checked, options.names))
    failures = [failure for name in names if (failure := _asked_to_end(name, running.get(name)))]
    asked = [one for name in names if (one := running.get(name)) and one.is_ours]
    deadline = time.monotonic() + ENDED_WITHIN_SECONDS
    failures += [failure for one in asked if (failure := _awaited(one, deadline))]
    stopped = [one.document for one in asked if running_cloud(one.folder) is None]
    if options.json:
        print(json.dumps([{**one, "status": "stopped", "pid": None} for one in stopped], indent=2))
    elif stopped:
        print("Stopped:", ", ".join(one["name"] for one in stopped))
    elif options.all and not failures:
        print("No stack runs.")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _asked_to_end(name: str, one: RunningStack | None) -> str | None:
    """Signal the stack's process, and no other; returns why that could not be done."""
    if one is None:
        return f"The stack {name} does not run; `python3 dev.py stacks` lists those that do."
    try:
        # A process that Ctrl-Z has stopped hears of it only when it goes on.
        asked = signal_exactly(one.cloud.pid, one.cloud.mark, signal.SIGTERM, signal.SIGCONT)
    except PermissionError:
        return f"The stack {name} belongs to another user (process {one.cloud.pid})."
    if asked or running_cloud(one.folder) is None:
        return None
    return (
        f"The stack {name} is not stopped: process {one.cloud.pid} is not the one that has started "
        f"it. It is just starting, or runs in a container that shares {one.folder}."
    )


def _awaited(one: RunningStack, deadline: float) -> str | None:
    """Wait until the stack has released its folder; returns what to do if it does not."""
    while running_cloud(one.folder) is not None:
        if time.monotonic() > deadline:
            return f"The stack {one.name} does not end. To end it at once: kill -9 {one.cloud.pid}"
        time.sleep(POLL_SECONDS)
    return None
