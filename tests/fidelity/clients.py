"""The vendors' own clients that `make test-clients` tries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tests.fidelity import versions
from tests.fidelity.part import Part


def _client(name: str, what: str, suite: str, version: Callable[[], str]) -> Part:
    """A vendor's own client, as it was released, in front of our stand-ins."""
    return Part(name, "make test-clients", what, {suite: "tests"}, version)


CLIENTS: Mapping[str, Part] = {
    "stytch-front-end-sdk": _client(
        "Stytch's front-end SDK, `@stytch/vanilla-js`",
        "its headless client in Chromium: links, sessions, cookies, PKCE, errors, another origin",
        "tests/e2e/stytch_sdk",
        partial(versions.locked, "@stytch/vanilla-js", "stytch"),
    )._replace(
        pin=partial(versions.locked, "@stytch/vanilla-js", "stytch"),
        differences="in our functions, [below](#what-they-found)",
    ),
    "stytch-python": _client(
        "`stytch` for Python",
        "the contract of our Stytch",
        "tests/contract/stytch",
        partial(versions.installed, "stytch"),
    ),
    "stytch-node": _client(
        "`stytch` for Node",
        "links, users, sessions and errors",
        "tests/clients/stytch/stytch.test.js",
        partial(versions.locked, "stytch", "stytch"),
    ),
    "gotrue-js": _client(
        "`gotrue-js`",
        "in Node, with our Identity",
        "tests/clients/identity/gotrue-js.test.js",
        partial(versions.locked, "gotrue-js", "identity"),
    ),
    "identity-node": _client(
        "`@netlify/identity`",
        "in Node, with our Identity",
        "tests/clients/identity/netlify-identity.test.js",
        partial(versions.locked, "@netlify/identity", "identity"),
    ),
    "identity-page": _client(
        "`@netlify/identity`",
        "in Chromium, with the local cloud",
        "tests/e2e/identity_widget/test_headless_client.py",
        partial(versions.locked, "@netlify/identity", "identity"),
    ),
    "identity-widget": _client(
        "`netlify-identity-widget`",
        "in Chromium, with the local cloud",
        "tests/e2e/identity_widget/test_widget.py",
        partial(versions.locked, "netlify-identity-widget", "identity"),
    ),
    "boto3": _client(
        "`boto3`",
        "with our Lambda API",
        "tests/contract/aws/test_invoke_api.py",
        partial(versions.installed, "boto3"),
    ),
    "awslambdaric": _client(
        "`awslambdaric`, AWS's runtime client",
        "with our runtime API",
        "tests/contract/aws/test_runtime_clients.py",
        partial(versions.installed, "awslambdaric"),
    ),
}
