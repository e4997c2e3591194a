"""A small project whose lists are as they should be, and changes to it that are never written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scaffold import lists
from scaffold.checkout import Checkout

SAMPLE = Path(__file__).with_name("sample")


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    folder = shutil.copytree(SAMPLE, tmp_path_factory.mktemp("sample") / "project")
    checkout = Checkout(folder)
    lists.update(checkout)
    checkout.save()
    return folder


@pytest.fixture
def checkout(project):
    return Checkout(project)
