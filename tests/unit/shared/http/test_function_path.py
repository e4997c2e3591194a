"""shared/http/call_state.py: the three URL forms, and what counts as the bare function."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from shared.application import application
from tests.support.asgi import ask


async def where(request):
    """The resource that was asked for, the root before it, and the URL's own path."""
    path, root = request.scope["path"], request.scope["root_path"]
    return JSONResponse([path.removeprefix(root), root, request.url.path])


@pytest.fixture
def app(configure):
    configure()
    routes = [Route("/account", where), Route("/issues/{id}", where), Route("/{other:path}", where)]
    return application("delete", routes, default="/account")


def asked(app, path, stage="$default"):
    return ask(app, "GET", path, event={"requestContext": {"stage": stage}}).json()


@pytest.mark.parametrize(
    ("path", "resource", "root"),
    [
        ("/.netlify/functions/delete/issues/7", "/issues/7", "/.netlify/functions/delete"),
        ("/.netlify/functions/api/issues/7", "/issues/7", "/.netlify/functions/api"),
        ("/api/issues/7", "/issues/7", "/api"),
        ("/issues/7", "/issues/7", ""),
        ("/apikeys/7", "/apikeys/7", ""),
        ("/api/api/7", "/api/7", "/api"),
        ("/.netlify/functions/", "/.netlify/functions/", ""),
    ],
)
def test_the_prefix_becomes_the_root_and_nothing_is_cut(app, path, resource, root):
    assert asked(app, path) == [resource, root, path]


def test_the_bare_function_is_its_resource(app):
    assert asked(app, "/.netlify/functions/delete")[0] == "/account"


@pytest.mark.parametrize(
    "path",
    [
        "/.netlify/functions/delete/",
        "/.netlify/functions/delete//",
        "/.netlify/functions/delete/.",
        "/.netlify/functions/delete/issues/",
        "/.netlify/functions/delete/issues/api/account/x",
        "/api/issues/api",
        "/.netlify/functions/api",
        "/.netlify/functions/api/",
        "/.netlify/functions/get",
        "/.netlify/functions",
        "/api",
        "/api/",
        "/",
    ],
)
def test_nothing_else_is_ever_bare(app, path):
    assert b'"/account"' not in ask(app, "GET", path).body


def test_a_function_without_a_bare_resource_has_none(configure):
    configure()
    app = application("update", [Route("/issues/{id}", where)])

    assert ask(app, "GET", "/.netlify/functions/update").status == 404


@pytest.mark.parametrize(
    ("path", "stage", "resource", "root"),
    [
        ("/prod/api/issues/7", "prod", "/issues/7", "/prod/api"),
        ("/prod/issues/7", "prod", "/issues/7", "/prod"),
        ("/api/issues/7", "prod", "/issues/7", "/api"),
        ("/api/issues/7", "$default", "/issues/7", "/api"),
        ("/production/issues/7", "prod", "/production/issues/7", ""),
        ("/v1/api/issues/7", "$default", "/issues/7", "/v1/api"),
        ("/team/v1/api/issues/7", "prod", "/issues/7", "/team/v1/api"),
        (
            "/v1/.netlify/functions/delete/issues/7",
            "$default",
            "/issues/7",
            "/v1/.netlify/functions/delete",
        ),
    ],
)
def test_a_stage_or_a_base_path_belongs_to_the_root(app, path, stage, resource, root):
    assert asked(app, path, stage) == [resource, root, path]
