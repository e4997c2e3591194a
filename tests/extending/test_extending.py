"""docs/extending.md, typed into a copy of the project from the top to the bottom."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from scaffold.checkout import Checkout
from scaffold.routes import FUNCTION_OF_METHOD, read_functions
from tests.extending.page import steps_of
from tests.support.clouds import FREE_PORTS
from tests.support.running_cloud import RunningCloud

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "extending.md"
REMAINING_TESTS = (
    "tests/unit",
    "tests/integration/functions/test_notes.py",
    "tests/integration/functions/test_users.py",
    "tests/integration/local_cloud/test_sample_events.py",
    "tests/integration/migrations/test_applying.py",
)

MADE = re.findall(r'^make new FN=(\w+) ROUTE="(\w+ \S+)"', PAGE.read_text(), re.MULTILINE)
FUNCTIONS = {function.name: function.routes for function in read_functions(Checkout(ROOT))}
ROUTES = {str(route) for routes in FUNCTIONS.values() for route in routes}
TAKEN = [
    f"{name}: {route}"
    for name, route in MADE
    if route in ROUTES or (name in FUNCTIONS and name not in FUNCTION_OF_METHOD.values())
]
"""What the page makes and somebody has made already."""

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("extending")]


@pytest.fixture
def cloud_of_copy(
    new_copy: Callable[[], Path], environ: dict[str, str]
) -> Iterator[tuple[RunningCloud, Path]]:
    """A local cloud that runs from a copy of the project, and the copy."""
    project = new_copy()
    output = project.parent / "output"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", "dev"],
            cwd=project,
            env=environ | FREE_PORTS,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    running = RunningCloud(process, project / ".dev", output)
    running.wait_until_ready()
    yield running, project
    running.stop()


def test_a_running_cloud_serves_a_new_function_on_the_next_request(
    cloud_of_copy: tuple[RunningCloud, Path], environ: dict[str, str]
) -> None:
    cloud, project = cloud_of_copy
    urls = [
        f"{cloud.url}/api/trials",
        f"{cloud.url}/.netlify/functions/trial",
        f"{cloud.address('AWS HTTP API')}/api/trials",
    ]
    before = [requests.get(url, timeout=30).status_code for url in urls]

    subprocess.run(
        [sys.executable, "-m", "scaffold", "new", "FN=trial", "ROUTE=GET /trials", "WHO=anyone"],
        cwd=project,
        env=environ,
        check=True,
        stdout=subprocess.DEVNULL,
    )

    after = [requests.get(url, timeout=30) for url in urls]
    assert before == [404, 404, 404]
    assert [(answer.status_code, answer.json()) for answer in after] == [
        (200, {"message": "success"})
    ] * 3


@pytest.mark.skipif(bool(TAKEN), reason=f"the page would make what is there: {TAKEN}")
def test_the_page_adds_what_it_says_and_takes_the_board_out(
    new_copy: Callable[[], Path], environ: dict[str, str]
) -> None:
    project = new_copy()

    for _, steps in steps_of(PAGE):
        for step in steps:
            step.take(project, environ)

    remaining = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *REMAINING_TESTS],
        cwd=project,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert remaining.returncode == 0, remaining.stdout
