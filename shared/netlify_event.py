"""The raw Netlify event, which Mangum does not know: REST v1, less what names the gateway."""

from __future__ import annotations

from typing import Any

from mangum.handlers import APIGateway
from mangum.types import LambdaConfig, LambdaContext


class NetlifyEvent(APIGateway):
    """Reads what Netlify sends to a function (HandlerEvent of @netlify/functions)."""

    @classmethod
    def infer(
        cls,
        event: dict[str, Any],
        context: LambdaContext,  # noqa: ARG003
        config: LambdaConfig,  # noqa: ARG003
    ) -> bool:
        return "httpMethod" in event and "requestContext" not in event

    def __init__(self, event: dict[str, Any], context: LambdaContext, config: LambdaConfig) -> None:
        source = (event["headers"] or {}).get("x-nf-client-connection-ip")
        gateway = {"resource": "", "requestContext": {"identity": {"sourceIp": source}}}
        super().__init__({**event, **gateway}, context, config)
