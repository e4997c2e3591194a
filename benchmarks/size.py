"""How large the package is, and how much memory its functions take while they wait for an event."""

from __future__ import annotations

import subprocess

from benchmarks.contenders import OURS, PEERS, Contender, Workshop
from benchmarks.limits import Limit
from benchmarks.server import Server
from benchmarks.site import identity_site
from benchmarks.table import table

FUNCTIONS = ("functions.get", "functions.create", "functions.login")
MOST_ZIPPED_MB = 14
MOST_RESIDENT_MIB = 38.5  # the aim is 38; shared files are counted differently each time
PROGRAM = """\
import {module}
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))"""


def run(workshop: Workshop, server: Server) -> list[Limit]:
    """Print the table; the limits."""
    zipped = workshop.archive.stat().st_size / 1e6
    modules = [*((OURS, module) for module in FUNCTIONS), *((one, one.modules[0]) for one in PEERS)]
    resident = {module: _resident(workshop, server, one, module) for one, module in modules}
    print("\nSize")
    rows = [["package, zipped: MB", f"{zipped:.1f}"]]
    rows += [
        [f"{module}, resident after its start: MiB", f"{mib:.1f}"]
        for module, mib in resident.items()
    ]
    print(table(["", ""], rows))
    return [
        Limit("package, zipped: MB", zipped, MOST_ZIPPED_MB),
        Limit("get after its start: MiB", resident["functions.get"], MOST_RESIDENT_MIB),
    ]


def _resident(workshop: Workshop, server: Server, contender: Contender, module: str) -> float:
    environment = identity_site().environment(
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
