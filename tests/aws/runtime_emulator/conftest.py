"""The built package under AWS's runtime interface emulator, and under the local cloud."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.aws.runtime_emulator.emulator import RuntimeEmulator
from tests.aws.runtime_emulator.told import Told, told_by_all
from tests.security.services import services_of
from tests.support.clouds import ready_cloud
from tests.support.host_package import package_for_this_machine, python_with_runtime_client
from tests.support.running_cloud import RunningCloud
from tests.support.visitor import Visitor

ROOT = Path(__file__).parents[3]


def identity_token(cloud: RunningCloud) -> str:
    ada = Visitor(cloud.url, "ada@example.com")
    ada.sign_in("latchkey")
    return str(ada.bearer)


@pytest.fixture(scope="session")
def told_locally(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """What each sample event is answered by the local cloud's Lambda."""
    with ready_cloud(tmp_path_factory) as cloud:
        endpoint = cloud.address("Lambda API")
        names = {"NETLIFY_IDENTITY_TOKEN": identity_token(cloud)}
        return told_by_all(lambda function: (endpoint, function), names)


@pytest.fixture(scope="session")
def told_by_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    """What each is answered by the package under AWS's emulator, with services of its own."""
    package = package_for_this_machine(tmp_path_factory.mktemp("build"))
    python = python_with_runtime_client(tmp_path_factory.mktemp("runtime"))
    with ready_cloud(tmp_path_factory) as cloud, ExitStack() as stack:
        emulators: dict[str, RuntimeEmulator] = {}

        def endpoint_of(function: str) -> tuple[str, str]:
            if function not in emulators:
                environment = services_of(cloud).environment
                emulator = RuntimeEmulator(function, package.folder, python, environment)
                emulators[function] = stack.enter_context(emulator)
            return emulators[function].url, RuntimeEmulator.NAME

        yield told_by_all(endpoint_of, {"NETLIFY_IDENTITY_TOKEN": identity_token(cloud)})
