"""`python -m local reset`: delete all state of the local cloud."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from local import stack
from local.database import configured_url, host_of, is_local
from local.settings import SettingsError, load_settings
from local.state_dir import running_cloud

OF_A_LOCAL_CLOUD = ("version", "store.sqlite3", "database")


def main(arguments: Sequence[str]) -> int:
    """Delete the state folder; returns 0, or 1 after saying what to do."""
    options = _parse(arguments)
    state_dir = stack.chosen_folder(options.state, os.environ)
    try:
        url = configured_url(load_settings(stack.ROOT, state_dir, os.environ).environ)
    except SettingsError as error:
        return _fail(str(error))
    if url is not None and not is_local(url) and not options.yes_really:
        return _fail(
            f"The database is at {host_of(url)}, and its rows stay. "
            f"To delete {state_dir} anyway, add --yes-really."
        )
    return _delete(state_dir, url)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local reset", description=__doc__)
    stack.add_state_option(parser)
    parser.add_argument(
        "--yes-really", action="store_true", help="even while the database is on another machine"
    )
    return parser.parse_args(arguments)


def _delete(state_dir: Path, url: str | None) -> int:
    own = _own_entries(state_dir)
    if not own:
        print(f"Nothing to delete: there is no state in {state_dir}.")
        return 0
    if not any((state_dir / name).exists() for name in OF_A_LOCAL_CLOUD):
        return _fail(f"{state_dir} holds no local cloud; if you want to delete it, do so yourself.")
    if running := running_cloud(state_dir):
        return _fail(
            f"The local cloud runs (process {running.pid}). Stop it first, with Ctrl-C or "
            f"`python3 dev.py stacks stop {stack.name_of(state_dir)}`."
        )
    for entry in own:
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    if any(state_dir.iterdir()):
        print(f"Deleted the state in {state_dir}; that of other stacks stays.")
    else:
        state_dir.rmdir()
        _remove_if_empty(state_dir.parent)
        print(f"Deleted {state_dir}.")
    if url is not None:
        print(f"The database at {host_of(url)} is as it was.")
    return 0


def _remove_if_empty(folder: Path) -> None:
    """Remove the folder of the named stacks after the last of them."""
    if folder.name == stack.FOLDER and not any(folder.iterdir()):
        folder.rmdir()


def _own_entries(state_dir: Path) -> list[Path]:
    """What belongs to this stack: in the folder of `main`, the others have theirs."""
    if not state_dir.exists():
        return []
    others = {stack.FOLDER} if stack.name_of(state_dir) == stack.MAIN else set()
    return [entry for entry in state_dir.iterdir() if entry.name not in others]


def _fail(what: str) -> int:
    print(what, file=sys.stderr)
    return 1
