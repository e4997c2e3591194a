"""`public/latchkey.d.ts` says what `docs/openapi.yaml` and `public/latchkey.js` say.

Both tests use Node packages, which `make types` and `make test-clients` install. Without them they
are skipped, unless `REQUIRE_E2E=1` makes that a failure.
"""

from __future__ import annotations

import os

import pytest

from tests.clients.front_end import declarations, node, typecheck

pytestmark = pytest.mark.skipif(
    not node.is_installed() and os.environ.get("REQUIRE_E2E") != "1",
    reason="needs Node packages: type `make types`",
)


def test_the_types_are_up_to_date():
    written = declarations.FILE.read_text(encoding="utf-8")

    is_up_to_date = written == declarations.declarations()

    assert is_up_to_date, "type `make types`, which writes public/latchkey.d.ts anew"


def test_the_pages_and_a_project_in_typescript_fit_the_types():
    done = typecheck.check()

    assert done.returncode == 0, done.stdout
