"""What the page offers: ways to fail, and steps in time."""

from __future__ import annotations

from collections.abc import Mapping

# What can happen to a call: the fields of a fault, as `POST /_admin/faults` has them.
WAYS: Mapping[str, tuple[str, Mapping[str, str | int | float]]] = {
    "503": ("answers 503", {"status": 503}),
    "500": ("answers 500", {"kind": "internal_server_error"}),
    "429": ("answers 429, too many requests", {"kind": "too_many_requests"}),
    "html": ("answers a page of HTML with 502", {"kind": "bad_gateway"}),
    "half": ("answers half an object", {"kind": "malformed_json"}),
    "slow": ("answers after 3 seconds", {"kind": "delay", "delay_seconds": 3}),
    "hang": ("never answers", {"kind": "hang"}),
}
STEPS: Mapping[int, str] = {
    3600: "Identity refuses its access tokens, Stytch its links",
    24 * 3600: "Identity refuses its links, too",
    7 * 24 * 3600: "Stytch refuses its sessions",
    31 * 24 * 3600: "Identity refuses its refresh tokens",
}
