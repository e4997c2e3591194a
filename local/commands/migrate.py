"""`python -m local migrate`: bring the schema up to date, in the database of DATABASE_URL.

With NAME, in the database of that stack.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from local import stack
from local.database import DatabaseUnavailable, database_for_tools, host_of, is_local
from local.settings import SettingsError, load_settings
from local.state_dir import StateDirError, check_version


def main(arguments: Sequence[str]) -> int:
    """Run `python -m migrations`; returns its exit status, or 1 after saying what to do."""
    parser = argparse.ArgumentParser(prog="python -m local migrate", description=__doc__)
    stack.add_state_option(parser)
    options, names = parser.parse_known_args(arguments)
    if not os.environ.get("NAME"):
        return _migrate(names, {})
    state_dir = stack.chosen_folder(options.state, os.environ)
    try:
        check_version(state_dir)
        environ = load_settings(stack.ROOT, state_dir, os.environ).environ
        with database_for_tools(environ, state_dir, print) as url:
            if not is_local(url):
                return _fail(
                    f"The database of this stack is at {host_of(url)}, not on this machine. "
                    "`make migrate` without NAME changes the one that DATABASE_URL names."
                )
            return _migrate(names, {"DATABASE_URL": url})
    except (DatabaseUnavailable, SettingsError, StateDirError) as error:
        return _fail(str(error))


def _migrate(names: Sequence[str], environ: dict[str, str]) -> int:
    command = [sys.executable, "-m", "migrations", *names]
    return subprocess.call(command, cwd=stack.ROOT, env={**os.environ, **environ})


def _fail(what: str) -> int:
    print(what, file=sys.stderr)
    return 1
