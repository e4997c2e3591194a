"""How large the package is, and how much memory its functions take while they wait for an event."""

from __future__ import annotations

import subprocess

from benchmarks.contenders import Workshop
from benchmarks.limits import Limit
from benchmarks.server import Server
from benchmarks.site import identity_site
from benchmarks.table import table

FUNCTIONS = ("get", "create", "login")
MOST_ZIPPED_MB = 14
MOST_RESIDENT_MIB = 39
PROGRAM = """\
import functions.{name}
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))"""


def run(workshop: Workshop, server: Server) -> list[Limit]:
    """Print the table; the limits."""
    zipped = workshop.archive.stat().st_size / 1e6
    resident = {name: _resident(workshop, server, name) for name in FUNCTIONS}
    print("\nSize")
    rows = [["package, zipped: MB", f"{zipped:.1f}"]]
    rows += [
        [f"{name}, resident after its start: MiB", f"{mib:.1f}"] for name, mib in resident.items()
    ]
    print(table(["", ""], rows))
    return [
        Limit("package, zipped: MB", zipped, MOST_ZIPPED_MB),
        Limit("get after its start: MiB", resident["get"], MOST_RESIDENT_MIB),
    ]


def _resident(workshop: Workshop, server: Server, name: str) -> float:
    environment = identity_site().environment(str(workshop.ours), server.by_tls())
    done = subprocess.run(
        [workshop.python, "-P", "-c", PROGRAM.format(name=name)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1024
