"""For pytest: `--real-part KEY` leaves a record of the run with this part below `build/`.

Only a whole run leaves one. A test counts what is more than a test by the property `checks`:
`record_property("checks", ("statements", 94))`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.fidelity import records
from tests.fidelity.part import Part
from tests.fidelity.parts import PARTS
from tests.fidelity.records import Record

SELECTING = ("keyword", "markexpr", "lf", "deselect", "ignore", "ignore_glob", "stepwise")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--real-part", choices=sorted(PARTS), help="keep a record of the run with this real part"
    )


def pytest_configure(config: pytest.Config) -> None:
    part = config.getoption("--real-part")
    if part and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(part, PARTS[part], records.MADE))


class Recorder:
    """Counts what becomes of the tests of a part's suites; of others it takes no notice."""

    def __init__(self, key: str, part: Part, folder: Path) -> None:
        self._key = key
        self._part = part
        self._folder = folder
        self._collected: set[str] = set()
        self._passed: dict[str, Counter[str]] = {}
        self._skipped: dict[str, str] = {}
        self._failed: dict[str, None] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._collected.update(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self._collected.update(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        kind = kind_of(report.nodeid, self._part.suites)
        if kind is None:
            return
        if report.failed:
            self._failed[report.nodeid] = None
        elif report.skipped:
            self._skipped[report.nodeid] = _reason(report)
        elif report.when == "call":
            self._passed[report.nodeid] = Counter({kind: 1}) + _counted(report)

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        say = terminalreporter.write_line
        terminalreporter.section(f"with the real part: {self._part.name}")
        for reason, count in Counter(self._skipped.values()).most_common():
            say(f"{count:>5} {reason}")
        if missing := self._missing(config):
            say(f"No record of this run, since {missing}.")
        else:
            file = records.write(self._folder, self._key, self._record())
            say(f"{file} has the record; `make fidelity` brings it into docs/fidelity.md.")

    def _missing(self, config: pytest.Config) -> str:
        """What the run lacks of a whole one; empty when it is one."""
        if any(config.getoption(option, None) for option in SELECTING):
            return "an option chose some of the tests"
        given = [Path(config.invocation_params.dir, word) for word in config.args]
        for suite in self._part.suites:
            if not any((config.rootpath / suite).is_relative_to(path) for path in given):
                return f"it did not have all of {suite}"
        ours = {one for one in self._collected if kind_of(one, self._part.suites)}
        if ours - {*self._passed, *self._skipped, *self._failed}:
            return "not every test was run"
        return "" if self._passed else "no test has passed"

    def _record(self) -> Record:
        passed: Counter[str] = Counter()
        for test, counted in self._passed.items():
            if test not in self._failed:
                passed += counted
        names = [test.rpartition("::")[2] for test in self._failed]
        skipped = Counter(self._skipped.values())
        return Record(self._part.version(), records.now(), passed, dict(skipped), names)


def kind_of(test: str, suites: Mapping[str, str]) -> str | None:
    """What a test is by the innermost suite that has it; None when none of them does."""
    having = [suite for suite in suites if test.startswith((f"{suite}/", f"{suite}::"))]
    return suites[max(having, key=len)] if having else None


def _reason(report: pytest.TestReport) -> str:
    assert isinstance(report.longrepr, tuple)
    return report.longrepr[2].removeprefix("Skipped: ")


def _counted(report: pytest.TestReport) -> Counter[str]:
    counted: Counter[str] = Counter()
    for name, value in report.user_properties:
        if name == "checks":
            what, count = value
            counted[what] += count
    return counted
