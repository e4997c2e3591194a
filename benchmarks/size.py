"""How large the package is, and how much memory its functions take while they wait for an event."""

from __future__ import annotations

import subprocess

from benchmarks.contenders import OURS, OURS_WITH_STYTCH, PEERS, Contender, Workshop
from benchmarks.limits import Limit
from benchmarks.server import Server
from benchmarks.table import table

GET = "functions.get"
FUNCTIONS = (GET, "functions.create", "functions.login")
MOST_ZIPPED_MB = 14
MOST_RESIDENT_MIB = 38
PROGRAM = """\
import {module}
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))"""


def run(workshop: Workshop, server: Server) -> list[Limit]:
    """Print the table; the limits."""
    zipped = workshop.archive.stat().st_size / 1e6
    measured = [
        *((OURS, module) for module in FUNCTIONS),
        (OURS_WITH_STYTCH, GET),
        *((peer, peer.modules[0]) for peer in PEERS),
    ]
    resident = {one: _resident(workshop, server, *one) for one in measured}
    print("\nSize")
    rows = [["package, zipped: MB", f"{zipped:.1f}"]]
    rows += [
        [f"{contender.name}, {module}, resident after its start: MiB", f"{mib:.1f}"]
        for (contender, module), mib in resident.items()
    ]
    print(table(["", ""], rows))
    return [
        Limit("package, zipped: MB", zipped, MOST_ZIPPED_MB),
        *(
            Limit(f"{ours.name}: get after its start, MiB", resident[ours, GET], MOST_RESIDENT_MIB)
            for ours in (OURS, OURS_WITH_STYTCH)
        ),
    ]


def _resident(workshop: Workshop, server: Server, contender: Contender, module: str) -> float:
    environment = contender.site().environment(
        workshop.path_of(contender), server.by_tls(), SSL_CERT_DIR=str(server.authorities)
    )
    done = subprocess.run(
        [workshop.python, "-P", "-c", PROGRAM.format(module=module)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1024
