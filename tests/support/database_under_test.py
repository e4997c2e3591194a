"""Which database server the suites of the database run on: one of ours, or Vitess over MySQL.

`DATABASE_UNDER_TEST=vitess` is one keyspace without shards, `vitess-2-shards` the two keyspaces of
migrations/vschema.json. Then some tests do not apply: each says so by a mark, and they are counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.vitess_layouts import LAYOUTS
from tests.support.vitess_server import Vitess, running_vitess
from tests.witnesses import vtcombo

UNDER_TEST = os.environ.get("DATABASE_UNDER_TEST", "")


def not_through_vitess(reason: str) -> pytest.MarkDecorator:
    """For a test that asks for what MySQL alone has or tells."""
    return pytest.mark.skipif(bool(UNDER_TEST), reason=f"not applicable to Vitess: {reason}")


@contextmanager
def vitess_under_test() -> Iterator[Vitess]:
    """A Vitess in the layout that is asked for; it may kill a statement, as MySQL does."""
    layout = LAYOUTS[UNDER_TEST]()
    with running_vitess(vtcombo.find(os.environ), layout, "--allow-kill-statement") as vitess:
        yield vitess
