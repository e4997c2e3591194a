"""`python -m local sync-users`: make the users table what the providers say.

With the settings of the functions: those of `.env`, or of the local cloud while it runs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

from local import stack
from local.database import DatabaseUnavailable, database_for_tools, host_of, is_local
from local.settings import Settings, SettingsError, load_settings
from local.state_dir import StateDirError, check_version, running_cloud


def main(arguments: Sequence[str]) -> int:
    """Run `python -m sync_users`; returns its exit status, or 1 after saying what to do."""
    parser = argparse.ArgumentParser(prog="python -m local sync-users", add_help=False)
    stack.add_state_option(parser)
    options, others = parser.parse_known_args(arguments)
    state_dir = stack.chosen_folder(options.state, os.environ)
    try:
        check_version(state_dir)
        settings = load_settings(stack.ROOT, state_dir, os.environ)
        running = running_cloud(state_dir)
        if running:
            settings = replace(settings, ports={**settings.ports, **running.ports})
        elif stack.name_of(state_dir) != stack.MAIN and (missing := _local_providers(settings)):
            return _fail(
                f"The stack {stack.name_of(state_dir)} does not run, and {missing} would be its "
                f"own. Start it: {stack.with_name('make dev', state_dir)}"
            )
        with database_for_tools(settings.environ, state_dir, print) as url:
            if not is_local(url) and (missing := _local_providers(settings)):
                return _fail(
                    f"The database is at {host_of(url)}, but {missing} would be the local cloud's. "
                    "Set what the functions have (docs/configuration.md)."
                )
            environment = {**os.environ, **settings.function_environment(url)}
            command = [sys.executable, "-m", "sync_users", *others]
            return subprocess.call(command, cwd=stack.ROOT, env=environment)
    except (DatabaseUnavailable, SettingsError, StateDirError) as error:
        return _fail(str(error))


def _local_providers(settings: Settings) -> str:
    """Return the names of the settings that nobody has set for a real provider."""
    names = ("STYTCH_PROJECT_ID", "NETLIFY_IDENTITY_URL")
    return " and ".join(name for name in names if name not in settings.environ)


def _fail(what: str) -> int:
    print(what, file=sys.stderr)
    return 1
