"""Checks what the package for Lambda is built with."""

from __future__ import annotations

from collections.abc import Iterator

from local.build import BuildError, chosen_runtime, for_lambda
from local.build.bytecode import find_python
from local.doctor.finding import Finding
from local.settings import Settings
from local.stack import ROOT


def check_package(settings: Settings) -> Iterator[Finding]:
    try:
        version = for_lambda(chosen_runtime(ROOT / "template.yaml", settings.environ)).python
        python = find_python(version, settings.environ)
    except BuildError as error:
        yield Finding("note", f"{error}.", "Without that, no package can be built.")
        return
    if python is None:
        yield Finding(
            "note",
            f"there is no Python {version}, without which the package has no bytecode.",
            f"`.venv/bin/uv python install {version}` brings one: cold starts take half as long.",
        )
    else:
        yield Finding("ok", f"Python {version} makes its bytecode: {python}")
