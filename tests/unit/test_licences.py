"""docs/licences.md lists what the pinned distributions are under, as somebody has read it."""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path

import pytest

from local.build.licences import stated_licence
from local.kit.pins import read_pins

ROOT = Path(__file__).parents[2]
PINNED = [pin.name for pin in read_pins(ROOT / "requirements.txt")]
TO_DO = (
    "Read the licence in its .dist-info folder. If Latchkey may be passed on with it, write this "
    "row into docs/licences.md; if not, do without the package:"
)


def reviewed() -> dict[str, str]:
    """The rows of the page."""
    rows = re.findall(r"^\| `([\w.-]+)` \| (.+) \|$", page(), re.MULTILINE)
    return dict(rows)


def page() -> str:
    return (ROOT / "docs/licences.md").read_text()


@pytest.mark.parametrize("name", PINNED)
def test_the_licence_of_a_deployed_distribution_has_been_read(name):
    stated = stated_licence(metadata(name))

    assert reviewed().get(name) == stated, f"{TO_DO}\n| `{name}` | {stated} |"


def test_nothing_is_listed_that_is_not_deployed():
    assert sorted(reviewed()) == sorted(PINNED)


class Headers(dict):
    """Metadata of a distribution, field by field."""

    def get_all(self, name):
        return self.get(name)


def test_the_licence_expression_counts_first():
    headers = Headers({"License": ["see LICENSE"], "License-Expression": ["MIT"]})

    assert stated_licence(headers) == "MIT"


def test_classifiers_count_where_no_field_names_a_licence():
    classifiers = ["Topic :: Internet", "License :: OSI Approved :: MIT License"]

    assert stated_licence(Headers({"Classifier": classifiers})) == "MIT License"


def test_a_distribution_may_state_nothing():
    assert stated_licence(Headers({})) == "none stated"
