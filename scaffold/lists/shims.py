"""The shims: what Netlify runs, a file of two lines for each function, and `api` for all resources.

`netlify/functions/` has the Lambda-compatible form (v1), `netlify/functions-v2/` the modern one.
The functions that Identity calls are the same in both: v1, by name, and a typed handler.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scaffold.checkout import Checkout
from scaffold.routes import Function

FOLDER = "netlify/functions"
WEB_FOLDER = "netlify/functions-v2"
API = "api"
# Netlify Identity calls functions of these names (docs.netlify.com, "Functions and Identity").
EVENTS = ("identity-validate", "identity-signup", "identity-login")
# Called for the events that have no function by name, by a handler with a type.
TYPED_EVENTS = "identity-changes"
EVENT_FUNCTION = "webhook"

_SHIM = '"use strict";\nexports.handler = require("../gateway").{call};\n'
_WEB_SHIM = 'import {{ {name} }} from "../web-gateway.mjs";\nexport default {name}({arguments});\n'
_TYPED = """\
import { identityChange } from "../identity-changes.mjs";

export default {
  userModified: identityChange("usermodified"),
  userDeleted: identityChange("userdeleted"),
};
"""

Files = Mapping[str, str]


def update(checkout: Checkout, functions: Sequence[Function]) -> None:
    """Write the missing shims, and remove those without a function."""
    names = [function.name for function in functions]
    events = _events() if EVENT_FUNCTION in names else {}
    _replace(checkout, FOLDER, {**_shims(names), **events})
    _replace(checkout, WEB_FOLDER, {**_web_shims(names), **events})


def _shims(names: Sequence[str]) -> Files:
    calls = {name: f'gateway("{name}")' for name in names} | {API: "gatewayByMethod()"}
    return {f"{name}.js": _SHIM.format(call=call) for name, call in calls.items()}


def _web_shims(names: Sequence[str]) -> Files:
    shims = {
        f"{name}.mjs": _WEB_SHIM.format(name="webGateway", arguments=f'"{name}"') for name in names
    }
    by_method = _WEB_SHIM.format(name="webGatewayByMethod", arguments="")
    return {**shims, f"{API}.mjs": by_method}


def _events() -> Files:
    shim = _SHIM.format(call='gatewayOfEvents("request")')
    return {f"{name}.js": shim for name in EVENTS} | {f"{TYPED_EVENTS}.mjs": _TYPED}


def _replace(checkout: Checkout, folder: str, files: Files) -> None:
    for name, text in files.items():
        checkout.write(f"{folder}/{name}", text)
    there = [f"{name}{end}" for end in (".js", ".mjs") for name in checkout.names(folder, end)]
    for name in set(there) - set(files):
        checkout.remove(f"{folder}/{name}")
