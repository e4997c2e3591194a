"""Netlify's CLI, pinned, kept outside the tree, and told to stay off the network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.kit.deathwatch import watched

NETLIFY_CLI = "netlify-cli@27.10.2"
NODE = "node@22.23.3"  # the CLI needs 22.13; the gateway itself runs on 20 as well
INSTALL_WITHIN_SECONDS = 400
BUILD_WITHIN_SECONDS = 120


@dataclass(frozen=True)
class NetlifyCli:
    """An installed CLI and the environment that it runs in, with a home of its own."""

    environ: dict[str, str]

    def build(self, site: Path) -> subprocess.CompletedProcess[str]:
        """Run `netlify build` for the site in this folder."""
        return subprocess.run(
            ["netlify", "build", "--offline"],
            cwd=site,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=BUILD_WITHIN_SECONDS,
        )

    def start_dev(self, site: Path, output: Path, *options: str, **environ: str) -> Started:
        """Start `netlify dev` for the site in this folder; what it prints goes to `output`."""
        # Without the flag the CLI fetches Deno at the first request, --offline or not.
        command = ["dev", "--internal-disable-edge-functions", "--skip-gitignore"]
        return self._start([*command, *options], site, output, environ)

    def start_functions(self, site: Path, output: Path, *options: str, **environ: str) -> Started:
        """Start `netlify functions:serve`, which serves the site's functions and nothing else."""
        return self._start(["functions:serve", *options], site, output, environ)

    def _start(
        self, command: Sequence[str], site: Path, output: Path, environ: Mapping[str, str]
    ) -> Started:
        with output.open("wb") as sink:
            return subprocess.Popen(
                watched(["netlify", *command, "--offline"], signal.SIGTERM),
                cwd=site,
                env={**self.environ, **environ},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )


Started = subprocess.Popen[bytes]


def installed_cli(home: Path) -> NetlifyCli:
    """The CLI; the first call on a machine installs it (about a minute) into the user's cache."""
    node = _installed(NODE)
    cli = _installed(NETLIFY_CLI, "--ignore-scripts")
    return NetlifyCli(
        os.environ
        | {
            "PATH": os.pathsep.join([str(node), str(cli), os.environ["PATH"]]),
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "BROWSER": "none",
            "CI": "1",  # turns telemetry off
            "NO_COLOR": "1",
            "NO_UPDATE_NOTIFIER": "1",
        }
    )


def installed_version(package: str, used_by: str = "") -> str:
    """The version of the CLI's package, or of one that it uses, as it is installed.

    A package that uses another may have it in a version of its own.
    """
    modules = _folder_of(NETLIFY_CLI) / "node_modules"
    own = modules / used_by / "node_modules" / package
    folder = own if own.is_dir() else modules / package
    return str(json.loads((folder / "package.json").read_text())["version"])


def _folder_of(package: str) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "latchkey" / package


def _installed(package: str, *options: str) -> Path:
    """The folder of the package's programs."""
    folder = _folder_of(package)
    if not folder.exists():
        unfinished = folder.with_name(f"{package}.{os.getpid()}")
        npm = ["npm", "install", "--prefix", unfinished, "--no-audit", "--no-fund"]
        subprocess.run([*npm, *options, package], check=True, timeout=INSTALL_WITHIN_SECONDS)
        unfinished.rename(folder)
    return folder / "node_modules" / ".bin"
