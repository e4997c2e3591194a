"""A new process under AWS's own runtime client, from its birth to its first answer.

*Init* ends when it asks for its first event, *invoke* when it has answered. Processor time of
both, since Lambda gives a 512 MB function a whole processor in init and 0.29 of one in invoke.
The database is reached over verified TLS, with the authorities of this system.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from benchmarks import counting
from benchmarks.contenders import FASTAPI_WITH_SDKS, OURS, PEERS, STARLETTE, Contender, Workshop
from benchmarks.limits import Limit
from benchmarks.runtime_api import LONGEST_SECONDS, RuntimeApi, Visit
from benchmarks.scenarios import LIST_10, comparable, complaint, event_for
from benchmarks.server import Server
from benchmarks.site import Site
from benchmarks.slow_link import SlowLink
from benchmarks.table import table

ROUNDS = 9
LATENCIES = (0, 5, 25)  # milliseconds, there and back
OF_STARLETTE = 0.85
MOST_INVOKE_MS = 15


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


def run(workshop: Workshop, server: Server) -> list[Limit]:
    """Print the tables; the limits."""
    contenders = (OURS, *PEERS, FASTAPI_WITH_SDKS)
    everybody = (*contenders, *workshop.node_peers)
    starts: dict[Contender, list[Start]] = {contender: [] for contender in everybody}
    for _ in range(ROUNDS):  # in turns, so that a noisy moment meets everybody
        for contender in everybody:
            starts[contender].append(start(workshop, server, contender, 0))
    medians = {contender: _median(found) for contender, found in starts.items()}
    print(f"\nCold: milliseconds until the first answer over TLS, medians of {ROUNDS} processes")
    heading = ["", "CPU", "init", "invoke", "of Starlette", "wall", "round trips"]
    print(table(heading, _rows(medians)))
    _print_latencies(workshop, server)
    ratio = Limit("cold, CPU: ours of Starlette", medians[OURS].cpu / medians[STARLETTE].cpu, 1.0)
    if counting.has_valgrind():
        ratio = _counted(workshop, server, contenders)
    invoke = medians[OURS].invoke_cpu
    return [ratio, Limit("cold, invoke: milliseconds of CPU", invoke, MOST_INVOKE_MS)]


def _counted(workshop: Workshop, server: Server, contenders: Sequence[Contender]) -> Limit:
    """Print what the same costs in instructions, which a busy machine does not change."""
    with ThreadPoolExecutor(2) as pool:
        counts = dict(
            zip(
                contenders,
                pool.map(lambda one: _count(workshop, server, one), contenders),
                strict=True,
            )
        )
    print("Cold: millions of instructions until the first answer over TLS")
    rows = [
        [
            contender.name,
            f"{init + invoke:.0f}",
            f"{init:.0f}",
            f"{invoke:.1f}",
            f"{(init + invoke) / sum(counts[STARLETTE]):.2f}",
        ]
        for contender, (init, invoke) in counts.items()
    ]
    print(table(["", "both", "init", "invoke", "of Starlette"], rows))
    ratio = sum(counts[OURS]) / sum(counts[STARLETTE])
    return Limit("cold, instructions: ours of Starlette", ratio, OF_STARLETTE)


def _count(workshop: Workshop, server: Server, contender: Contender) -> tuple[float, float]:
    site = contender.site()
    event = event_for(LIST_10, contender, site.token)
    environment = _environment(workshop, server, site, contender, server.port)
    module = contender.module_for(LIST_10.method)
    with tempfile.TemporaryDirectory() as scratch:
        return counting.count_start(workshop.python, module, event, environment, Path(scratch))


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


def _median(starts: Sequence[Start]) -> Start:
    columns = zip(*starts, strict=True)
    return Start(*(statistics.median(column) for column in columns))


def _rows(medians: dict[Contender, Start]) -> list[list[str]]:
    return [
        [
            contender.name,
            f"{one.cpu:.0f}",
            f"{one.init_cpu:.0f}",
            f"{one.invoke_cpu:.1f}",
            f"{one.cpu / medians[STARLETTE].cpu:.2f}",
            f"{one.wall:.0f}",
            f"{one.turns:.0f}",
        ]
        for contender, one in medians.items()
    ]


def _print_latencies(workshop: Workshop, server: Server) -> None:
    """Wall milliseconds with a slow way to the database, the quickest of five processes."""
    rows = []
    for contender in (OURS, STARLETTE):
        walls = [
            min(start(workshop, server, contender, latency).wall for _ in range(5))
            for latency in LATENCIES
        ]
        rows.append([contender.name, *(f"{wall:.0f}" for wall in walls)])
    print("Wall milliseconds until the first answer, by the latency of the database")
    print(table(["", *(f"{latency} ms" for latency in LATENCIES)], rows))
