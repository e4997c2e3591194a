"""Addresses that we put into answers, as the caller has to ask for them.

What stands in front of a path (an API Gateway stage, the key of a custom domain's mapping) is part
of the address, whether or not the event shows it.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import Request

from shared.http.call_state import call_state


def address_of(request: Request, resource: str) -> str:
    """The address of a resource such as `/issues/7`, without scheme and host."""
    return quote(f"{call_state(request).base_path}/api{resource}")


def same_address_with(request: Request, **query: str) -> str:
    """This request's own address, with these parameters in its query instead of its own.

    A session token in the query is left out: an answer never repeats one.
    """
    path = quote(f"{call_state(request).hidden_stage}{request.scope['path']}")
    own = {name: value for name, value in request.query_params.items() if name != "token"}
    return f"{path}?{urlencode(own | query)}"
