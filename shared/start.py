"""The start of a function, from its package's first line to its application: what is spared then.

`functions/__init__` begins it, and `shared.application` ends it.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec

_RSA = "cryptography"
_CERTIFICATES = "x509"


def begin() -> None:
    """Collect no garbage until the end.

    A function that starts makes modules and keeps them: whoever looks for garbage among them finds
    none, and takes a tenth of the start.
    """
    gc.disable()


def import_without_rsa(*names: str) -> None:
    """Import PyJWT or PyMySQL as if cryptography were not installed.

    For a site where nothing is signed with RSA, as Stytch's tokens are, and no password encrypted
    with it, as it is without TLS. Both libraries import cryptography if it is there, which takes a
    quarter of a start and 9.8 MiB, and do without: each names it as an extra. None in `sys.modules`
    says that a module is not there (The Python Language Reference, 5.3.1). Whoever has imported it
    before keeps it.
    """
    is_spared = sys.modules.setdefault(_RSA, None) is None  # type: ignore[arg-type]
    for name in names:
        import_module(name)
    if is_spared:
        del sys.modules[_RSA]


def delay_certificates() -> None:
    """Let cryptography's part for certificates be imported when something of it is first used.

    PyJWT uses it to see that the secret of an HMAC is no certificate, so for a site without such a
    secret. It takes 18 % of a start, of which a third is one regular expression. (The Python
    Standard Library, `importlib.util.LazyLoader`.)
    """
    name = f"{_RSA}.{_CERTIFICATES}"
    spec = None if name in sys.modules else find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    setattr(import_module(_RSA), _CERTIFICATES, module)


def end() -> None:
    """Collect garbage from now on; no collection has to look at what has been imported."""
    gc.freeze()
    gc.enable()
