"""Under which licence a distribution is, in the words of its own metadata."""

from __future__ import annotations

from importlib.metadata import PackageMetadata

CLASSIFIER = "License :: OSI Approved :: "


def stated_licence(metadata: PackageMetadata) -> str:
    """Return the licence expression, else the older field `License`, else the classifiers.

    Source: PyPA, "Core metadata specifications"; `License` has been replaced by the expression.
    """
    for field in ("License-Expression", "License"):
        if stated := metadata.get_all(field):
            return str(stated[0]).strip()
    classifiers = metadata.get_all("Classifier") or []
    names = [name.removeprefix(CLASSIFIER) for name in classifiers if name.startswith(CLASSIFIER)]
    return ", ".join(names) or "none stated"
