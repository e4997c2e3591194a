"""Which tests of a contract suite a real service can be asked.

What a test needs is read from its code, before it runs: so no test mails anybody or makes a user
and then finds that it cannot go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import CodeType

import pytest


def skip_what_needs(
    needs: Mapping[str, str], items: Iterable[pytest.Item], folder: Path, service: str
) -> None:
    """Skip the tests below `folder` that use one of these names, each with its reason."""
    for item in items:
        if isinstance(item, pytest.Function) and item.path.is_relative_to(folder):
            used = names_in(item.function.__code__) | set(item.fixturenames)
            reason = next((why for name, why in needs.items() if name in used), None)
            if reason:
                item.add_marker(pytest.mark.skip(reason=f"not applicable to {service}: {reason}"))


def names_in(code: CodeType) -> set[str]:
    """Every name that the code uses, also in the functions that it makes."""
    inner = (one for one in code.co_consts if isinstance(one, CodeType))
    return set(code.co_names).union(*map(names_in, inner))
