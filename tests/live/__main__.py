"""`make test-live`: our suites against the real services that the environment has accounts for.

What has no account is named, with the variables that are not set. A wrong one stops everything
before any call. The first words may choose: `stytch`, `identity`, `site`; others go to pytest.
docs/live.md tells the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple

from tests.fidelity.parts import PARTS
from tests.live import accounts


class Suite(NamedTuple):
    """What is run, which variable makes it a live one, and whose account it needs."""

    real_part: str
    account: Callable[[accounts.Environ], accounts.Account]
    switch: str
    path: str

    @property
    def name(self) -> str:
        return PARTS[self.real_part].name


# A test may wait for more than five minutes after 429.
PYTEST = [sys.executable, "-m", "pytest", "-n0", "-rfE", "--timeout", "900"]
SUITES = {
    "stytch": Suite("live-stytch", accounts.stytch, "STYTCH_UNDER_TEST", "tests/contract/stytch"),
    "identity": Suite(
        "live-identity", accounts.identity, "IDENTITY_UNDER_TEST", "tests/contract/identity"
    ),
    "site": Suite("live-site", accounts.site, "STORY_UNDER_TEST", "tests/e2e/whole_bundle"),
}


def main(words: list[str]) -> int:
    """Run the suites; the status is 0 where all that ran have passed, 2 for a wrong account."""
    chosen = [*takewhile(SUITES.__contains__, words)]
    options = words[len(chosen) :]
    try:
        missing = {word: _missing(suite) for word, suite in SUITES.items()}
    except accounts.Refused as refused:
        print(refused)
        return 2
    runnable = []
    for word in chosen or SUITES:
        if missing[word]:
            print(f"Not run: {SUITES[word].name}, since {missing[word]}.")
        else:
            runnable.append(SUITES[word])
    if not runnable:
        print("Nothing was run: docs/live.md says which accounts it takes.")
        return 1
    return max(_run(suite, options) for suite in runnable)


def _missing(suite: Suite) -> str:
    """What its account lacks, which is nothing where there is one. Raises Refused."""
    try:
        suite.account(os.environ)
    except accounts.Missing as missing:
        return str(missing)
    return ""


def _run(suite: Suite, options: list[str]) -> int:
    """Run the suite; a whole run at a real service leaves its record."""
    url = suite.account(os.environ).url
    print(f"{suite.name}: {suite.path} at {url}", flush=True)
    recorded = ["-p", "tests.fidelity.plugin", "--real-part", suite.real_part]
    command = [*PYTEST, *([] if accounts.is_here(url) else recorded), suite.path, *options]
    return subprocess.call(command, env=os.environ | {suite.switch: "live"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
