"""`netlify/functions/*.js`: two lines for each function, and `api` for all resources."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.checkout import Checkout
from scaffold.routes import Function

FOLDER = "netlify/functions"
API = "api"

_SHIM = '"use strict";\nexports.handler = require("../gateway").{call};\n'


def update(checkout: Checkout, functions: Sequence[Function]) -> None:
    """Write the missing shims, and remove those without a function."""
    shims = {function.name: f'gateway("{function.name}")' for function in functions}
    shims[API] = "gatewayByMethod()"
    for name, call in shims.items():
        checkout.write(f"{FOLDER}/{name}.js", _SHIM.format(call=call))
    for name in set(checkout.names(FOLDER, ".js")) - set(shims):
        checkout.remove(f"{FOLDER}/{name}.js")
