"""The HTTP apps of the local cloud, each given what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from local import aws, dev_pages, identity, netlify, stytch
from local.cloud.database import CloudDatabase
from local.cloud.emulated_stytch import front_end_route, stytch_config
from local.cloud.log import Log
from local.cloud.routed_apps import RoutedApps
from local.cloud_summary import Summary
from local.dev_pages import Book, DevCloud, Emulator, Health, Live, Probe
from local.kit.clock import Clock
from local.kit.deliveries import Deliveries
from local.kit.mount import Mount
from local.kit.outbox import Outbox
from local.kit.store import Store
from local.settings import DEV_PATH, IDENTITY_PATH, Settings


def build_apps(
    settings: Settings,
    summary: Summary,
    functions: aws.Functions,
    store: Store,
    database: CloudDatabase,
    book: Book,
    live: Live,
    log: Log,
) -> dict[str, ASGIApp]:
    """Build one app per port; there is no `stytch` where the functions do not use the emulator."""
    clock = Clock()
    outbox = Outbox(store, clock)
    emulators: dict[str, Emulator] = {}
    own_apps: dict[str, ASGIApp] = {}
    other_routes: list[BaseRoute] = []
    site_identity = None
    if settings.has_identity:
        config = _identity_config(settings)
        identity.seed_users(store, config, clock)
        site_identity = _site_identity(settings, config, clock)
        identity_app = identity.create_app(config, store, outbox, clock)
        state = identity_app.state.emulator
        directory = identity.People(identity_app, state)
        emulators["netlify"] = Emulator(
            "Netlify Identity", state, directory, identity.ENDPOINTS, state.hooks
        )
        other_routes.append(Mount(IDENTITY_PATH, app=identity_app))
    if settings.emulates_stytch:
        stytch_app = stytch.create_app(stytch_config(settings), store, outbox, clock)
        state = stytch_app.state.emulator
        users = stytch.People(stytch_app, state)
        emulators["stytch"] = Emulator(
            "Stytch", state, users, stytch.ENDPOINTS, state.webhooks, state.keys.rotate
        )
        state.webhooks.resume()
        own_apps["stytch"] = stytch_app
        other_routes.append(front_end_route(stytch_app))
    dev_cloud = DevCloud(
        summary=summary,
        outbox=outbox,
        health=Health(probes(settings, functions.debugging)),
        book=book,
        live=live,
        emulators=emulators,
        deliveries=Deliveries(store, clock),
        clock=clock,
        database=database,
        api_description=settings.root / "docs" / "openapi.yaml",
    )
    other_routes += [
        Route(DEV_PATH, RedirectResponse(f"{DEV_PATH}/")),
        Mount(DEV_PATH, app=dev_pages.create_app(dev_cloud)),
    ]
    context = netlify.ClientContextBuilder(settings.base_url, site_identity)
    return _routed_apps(settings.root, functions, context, other_routes, log) | own_apps


def probes(settings: Settings, debugging: aws.Debugging | None) -> list[Probe]:
    """Return how to see that each part is up; the HTTP API has no route at `/`.

    A function that is debugged is not asked: it would wait, and stop at each breakpoint.
    """
    web, aws_port, lambda_port = (settings.ports[part] for part in ("web", "aws", "lambda"))
    dry_run = {"X-Amz-Invocation-Type": "DryRun", "Content-Length": "0"}
    invocations = "/2015-03-31/functions/get/invocations"
    found = [
        Probe("aws", aws_port, "/", status=404),
        Probe("lambda", lambda_port, invocations, method="POST", headers=dry_run, status=204),
    ]
    if debugging is None or debugging.function != "get":
        found.insert(0, Probe("database", web, "/.netlify/functions/get/health"))
    if settings.has_identity:
        found.append(Probe("identity", web, f"{IDENTITY_PATH}/settings"))
    if settings.emulates_stytch:
        key_set = f"/v1/sessions/jwks/{settings.stytch_project_id}"
        found.append(Probe("stytch", settings.ports["stytch"], key_set))
    return found


def _routed_apps(
    root: Path,
    functions: aws.Functions,
    context: netlify.ClientContextBuilder,
    other_routes: Sequence[BaseRoute],
    log: Log,
) -> dict[str, ASGIApp]:
    """Build the apps whose routes are in template.yaml and netlify.toml."""
    template_file, site_file = root / "template.yaml", root / "netlify.toml"

    def make() -> dict[str, ASGIApp]:
        template = aws.load_template(template_file)
        site = netlify.load_site_config(site_file)
        functions.use(template)
        names = frozenset(function.name for function in template.functions)
        web = netlify.create_app(site, functions, names, context, other_routes)
        return {
            "web": netlify.PolicyReports(web, partial(log, "site")),
            "aws": aws.http_api(template, functions),
            "lambda": aws.invoke_api(functions),
        }

    unusable = (OSError, aws.TemplateError, netlify.SiteConfigError)
    return RoutedApps(make, (template_file, site_file), unusable, partial(log, "routes")).apps()


def _identity_config(settings: Settings) -> identity.IdentityConfig:
    return identity.IdentityConfig(
        site_url=settings.base_url,
        secret=settings.identity_secret,
        autoconfirm=settings.identity_autoconfirm,
        function_hooks={
            event: f"{settings.web_url}/.netlify/functions/{function}"
            for event, function in netlify.IDENTITY_HOOKS.items()
        },
    )


def _site_identity(
    settings: Settings, config: identity.IdentityConfig, clock: Clock
) -> netlify.SiteIdentity:
    return netlify.SiteIdentity(
        url=settings.identity_url,
        operator_token=lambda: identity.operator_token(config, clock),
        user_claims=lambda header: identity.user_claims(header, config, clock),
    )
