"""The site itself: redirects first, then published files, with the declared headers on both."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from local.netlify.gateway import FUNCTIONS_PATH, FunctionGateway
from local.netlify.redirects import Destination, PathPattern, destination
from local.netlify.site_config import HeaderRule, SiteConfig
from local.netlify.static_files import PublishedFiles


class Site:
    """Answers in the order of Netlify's edge; an ASGI app."""

    def __init__(self, config: SiteConfig, gateway: FunctionGateway) -> None:
        self._redirects = config.redirects
        self._header_rules = [(PathPattern(rule.pattern), rule) for rule in config.headers]
        self._files = PublishedFiles(config.publish)
        self._gateway = gateway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        found = destination(self._redirects, request.scope["raw_path"].decode("latin-1"))
        if found is None or self._is_hidden_by_a_file(found, request):
            return await self._file(request, request.scope["path"])
        if not found.rule.is_rewrite:
            return _redirect(found, request)
        if found.target.startswith(FUNCTIONS_PATH):
            return await self._gateway.answer(request, found.target)
        response = await self._file(request, found.target)
        if found.rule.status != HTTPStatus.OK:
            response.status_code = found.rule.status
        return response

    def _is_hidden_by_a_file(self, found: Destination, request: Request) -> bool:
        return not found.rule.force and self._files.has(request.scope["path"])

    async def _file(self, request: Request, path: str) -> Response:
        response = await self._files.answer(path, request.scope)
        for rule in self._rules_for(request.scope["path"]):
            response.headers.update(rule.values)
        return response

    def _rules_for(self, path: str) -> Iterable[HeaderRule]:
        return (rule for pattern, rule in self._header_rules if pattern.match(path) is not None)


def _redirect(found: Destination, request: Request) -> Response:
    query = request.scope["query_string"].decode("latin-1")
    location = f"{found.target}?{query}" if query and "?" not in found.target else found.target
    return Response(status_code=found.rule.status, headers={"location": location})
