"""shared/http/resources.py: the methods that a resource of `/api` takes."""

from __future__ import annotations

import pytest

from shared.http import resources


@pytest.fixture(autouse=True)
def table(monkeypatch):
    monkeypatch.setattr(
        resources,
        "METHODS",
        {
            "/notes": ("GET",),
            "/notes/{id}": ("DELETE",),
            "/notes/newest": ("PATCH",),
            "/notes/{id}/pages/{page}": ("POST",),
        },
    )


@pytest.mark.parametrize(
    ("resource", "methods"),
    [
        ("/notes", ("GET",)),
        ("/notes/7", ("DELETE",)),
        ("/notes/newest", ("PATCH",)),
        ("/notes/7/pages/8", ("POST",)),
    ],
)
def test_a_resource_takes_the_methods_of_its_routes(resource, methods):
    assert resources.methods_of(resource) == methods


@pytest.mark.parametrize(
    "resource", ["", "/", "/note", "/notes/", "/notes/7/pages", "/notes//pages/8"]
)
def test_what_is_no_resource_takes_none(resource):
    assert resources.methods_of(resource) == ()
