"""The Identity emulator alone: `python -m local.identity`."""

from __future__ import annotations

import secrets

from starlette.types import ASGIApp

from local.identity import IdentityConfig, create_app, seed_users
from local.kit import standalone
from local.kit.clock import Clock
from local.kit.outbox import Outbox
from local.kit.store import Store


def main() -> None:
    parser = standalone.options_parser("local.identity")
    parser.add_argument("--secret", default=secrets.token_hex(32), help="signs the tokens")
    parser.add_argument("--autoconfirm", action="store_true", help="sign-up needs no mail")
    options = parser.parse_args()

    def build(origin: str, store: Store, outbox: Outbox, clock: Clock) -> ASGIApp:
        config = IdentityConfig(origin, options.secret, autoconfirm=options.autoconfirm)
        seed_users(store, config, clock)
        return create_app(config, store, outbox, clock)

    standalone.serve(build, options.port, "/.netlify/identity")


if __name__ == "__main__":
    main()
