"""One new process under AWS's own runtime client, from its birth to its first answer.

*Init* ends when it asks for its first event, *invoke* when it has answered. The database is reached
over verified TLS, with the authorities of this system.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks import counting
from benchmarks.contenders import Contender, Workshop
from benchmarks.runtime_api import LONGEST_SECONDS, RuntimeApi, Visit
from benchmarks.scenarios import LIST_10, comparable, complaint, event_for
from benchmarks.server import Server
from benchmarks.site import Site
from benchmarks.slow_link import SlowLink


class Start(NamedTuple):
    """Milliseconds of the processor and of the clock, in both phases; round trips on the wire."""

    init_cpu: float
    invoke_cpu: float
    init_wall: float
    invoke_wall: float
    turns: int

    @property
    def cpu(self) -> float:
        return self.init_cpu + self.invoke_cpu

    @property
    def wall(self) -> float:
        return self.init_wall + self.invoke_wall


def start(workshop: Workshop, server: Server, contender: Contender, latency: float) -> Start:
    """Start a process, let it answer one list of ten, and end it."""
    site = contender.site()
    visit = Visit(event_for(LIST_10, contender, site.token))
    with RuntimeApi() as api, SlowLink(server.port, latency) as link:
        api.visit = visit
        environment = _environment(workshop, server, site, contender, link.port)
        module = contender.module_for(LIST_10.method)
        born = visit.now().wall
        process = subprocess.Popen(
            workshop.runtime_command(contender, module),
            env={**environment, "AWS_LAMBDA_RUNTIME_API": api.address},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        visit.process_id = process.pid
        with process:
            visit.is_over.wait(LONGEST_SECONDS)
            process.kill()
            said = process.stderr.read().decode() if process.stderr else ""
        api.shutdown()
    if visit.asked is None or visit.answered is None:
        raise RuntimeError(f"{contender.name} did not answer:\n{said}")
    if wrong := complaint(LIST_10, visit.answer, comparable(visit.answer)):
        raise RuntimeError(f"{contender.name}: {wrong}")
    return Start(
        init_cpu=visit.asked.cpu * 1000,
        invoke_cpu=(visit.answered.cpu - visit.asked.cpu) * 1000,
        init_wall=(visit.asked.wall - born) * 1000,
        invoke_wall=(visit.answered.wall - visit.asked.wall) * 1000,
        turns=link.turns,
    )


def count(workshop: Workshop, server: Server, contender: Contender) -> tuple[float, float]:
    """The same in millions of instructions, of both phases."""
    site = contender.site()
    event = event_for(LIST_10, contender, site.token)
    environment = _environment(workshop, server, site, contender, server.port)
    module = contender.module_for(LIST_10.method)
    with tempfile.TemporaryDirectory() as scratch:
        return counting.count_start(workshop.python, module, event, environment, Path(scratch))


def _environment(
    workshop: Workshop, server: Server, site: Site, contender: Contender, port: int
) -> dict[str, str]:
    return site.environment(
        workshop.path_of(contender),
        server.by_tls(port),
        SSL_CERT_DIR=str(server.authorities),
        NODE_EXTRA_CA_CERTS=str(server.certificate),
        AWS_LAMBDA_FUNCTION_NAME="measured",
        AWS_LAMBDA_FUNCTION_VERSION="1",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE="512",
        AWS_LAMBDA_LOG_GROUP_NAME="measured",
        AWS_LAMBDA_LOG_STREAM_NAME="measured",
    )
