"""The start of a function, from its package's first line to its application: what is spared then.

`functions/__init__` begins it, and `shared.application` ends it.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

_RSA = "cryptography"


def begin() -> None:
    """Collect no garbage until the end.

    A function that starts makes modules and keeps them: whoever looks for garbage among them finds
    none, and takes a tenth of the start.
    """
    gc.disable()


def import_without_rsa(*names: str) -> None:
    """Import PyJWT or PyMySQL as if cryptography were not installed.

    Both import it if it is there, which takes a quarter of a start and 9.8 MiB, and work without it
    for whom needs no RSA: each names it as an extra. None in `sys.modules` says that a module is
    not there (The Python Language Reference, 5.3.1). Whoever has imported it before keeps it.
    """
    is_spared = sys.modules.setdefault(_RSA, None) is None  # type: ignore[arg-type]
    for name in names:
        import_module(name)
    if is_spared:
        del sys.modules[_RSA]


def end() -> None:
    """Collect garbage from now on; no collection has to look at what has been imported."""
    gc.freeze()
    gc.enable()
