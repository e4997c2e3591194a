"""What is known of a real part before it is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Part(NamedTuple):
    """A real part, and the run in which it judges.

    `what` says more of the run than its make target. `suites` are files and folders, all of which
    have to be run, and what one of their tests is. `version` asks the part itself, after the run.
    `pin` is the text that a record's version contains for as long as this tree has it.
    """

    name: str
    target: str
    what: str
    suites: Mapping[str, str]
    version: Callable[[], str]
    pin: Callable[[], str] = str
    differences: str = ""
