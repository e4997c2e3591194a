"""`python -m local dev`: the local cloud in the foreground, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace

from local import aws, stack
from local.cloud.banner import ready_banner
from local.cloud.cloud import Cloud
from local.cloud.database import CloudDatabase, MigrationError
from local.cloud.debugging import DebugError, debugging_at, wanted_port
from local.cloud.log import Log, LogHandler, Palette, Raw, Readable
from local.database import DatabaseUnavailable
from local.kit.ports import NoFreePort, claim_ports
from local.netlify import SiteConfigError
from local.settings import Settings, SettingsError, load_settings
from local.state_dir import StateDir, StateDirError

HEALTHY_WITHIN_SECONDS = 20.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What a developer can correct: told in one line, without a traceback.
EXPLAINED = (
    DatabaseUnavailable,
    DebugError,
    FileNotFoundError,
    MigrationError,
    NoFreePort,
    SettingsError,
    SiteConfigError,
    StateDirError,
    aws.TemplateError,
)


def main(arguments: Sequence[str]) -> int:
    """Run until told to stop; returns 0, or 1 with a reason on standard error."""
    parser = argparse.ArgumentParser(prog="python -m local dev")
    parser.add_argument("--raw", action="store_true", help="show every line as it is logged")
    stack.add_state_option(parser)
    options = parser.parse_args(arguments)
    state = StateDir(stack.chosen_folder(options.state, os.environ))
    for number in STOP_SIGNALS:  # until the event loop handles them
        signal.signal(number, signal.default_int_handler)
    try:
        settings = load_settings(stack.ROOT, state.path, os.environ)
        template = aws.load_template(stack.ROOT / "template.yaml")
        debugger_port = wanted_port(os.environ, template)
        state.acquire()
        palette = Palette(sys.stdout, no_color=bool(os.environ.get("NO_COLOR")))
        view = Raw() if options.raw else Readable(palette)
        with closing(Log(state.path / "local.log", sys.stdout, palette, view)) as log:
            _run_cloud(settings, state, debugger_port, log, palette)
    except KeyboardInterrupt:
        print("Stopped before it was ready.")
    except EXPLAINED as error:
        print(f"The local cloud cannot run: {error}", file=sys.stderr)
        return 1
    finally:
        state.release()
    return 0


def _run_cloud(
    settings: Settings,
    state: StateDir,
    debugger_port: Mapping[str, int],
    log: Log,
    palette: Palette,
) -> None:
    logging.basicConfig(handlers=[LogHandler(log)])
    listeners = claim_ports({**settings.used_ports, **debugger_port})
    debugging = debugging_at(listeners, os.environ)
    ports = {part: listener.port for part, listener in listeners.items()}
    settings = replace(settings, ports={**settings.ports, **ports})
    state.announce(settings.web_url, settings.lambda_url, ports)
    with ExitStack() as at_the_end:
        database = CloudDatabase(settings, log)
        at_the_end.callback(database.stop)
        database.start()
        asyncio.run(
            _until_stopped(Cloud(settings, listeners, database, log, debugging), log, palette)
        )


async def _until_stopped(cloud: Cloud, log: Log, palette: Palette) -> None:
    stopped = asyncio.Event()
    for number in STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    stopping = asyncio.create_task(stopped.wait())
    starting = asyncio.create_task(_start(cloud, log, palette))
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            await stopping
        log.show("Stopping.")
    finally:
        starting.cancel()
        stopping.cancel()
        await asyncio.gather(starting, stopping, return_exceptions=True)
        await cloud.stop()


async def _start(cloud: Cloud, log: Log, palette: Palette) -> None:
    summary = await cloud.start()
    with log.step("start", "waiting until every part answers"):
        failing = await cloud.failing(HEALTHY_WITHIN_SECONDS)
    log.show(ready_banner(summary, palette, failing))
