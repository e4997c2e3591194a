"""`netlify/functions/*.js`: two lines for each function, `api` for all resources, and events."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.checkout import Checkout
from scaffold.routes import Function

FOLDER = "netlify/functions"
API = "api"
# Netlify Identity calls functions of these names (docs.netlify.com, "Functions and Identity").
EVENTS = ("identity-validate", "identity-signup", "identity-login")
EVENT_FUNCTION = "webhook"

_SHIM = '"use strict";\nexports.handler = require("../gateway").{call};\n'


def update(checkout: Checkout, functions: Sequence[Function]) -> None:
    """Write the missing shims, and remove those without a function."""
    shims = {function.name: f'gateway("{function.name}")' for function in functions}
    if EVENT_FUNCTION in shims:
        shims |= dict.fromkeys(EVENTS, 'gatewayOfEvents("request")')
    shims[API] = "gatewayByMethod()"
    for name, call in shims.items():
        checkout.write(f"{FOLDER}/{name}.js", _SHIM.format(call=call))
    for name in set(checkout.names(FOLDER, ".js")) - set(shims):
        checkout.remove(f"{FOLDER}/{name}.js")
