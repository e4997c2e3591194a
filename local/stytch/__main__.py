"""The Stytch emulator alone: `python -m local.stytch`."""

from __future__ import annotations

from local.kit import standalone
from local.stytch import StytchConfig, create_app


def main() -> None:
    parser = standalone.options_parser("local.stytch")
    parser.add_argument("--project-id", default="project-test-00000000-0000-4000-8000-000000000000")
    parser.add_argument("--secret", default="secret-test-local")
    parser.add_argument(
        "--redirect-url",
        nargs="+",
        default=["http://localhost:3000/authenticate"],
        help="where links may lead; the first is the default",
    )
    parser.add_argument(
        "--authorized-domain",
        nargs="+",
        default=["http://localhost:3000"],
        help="origins whose pages may call /sdk/v1 with the public token",
    )
    options = parser.parse_args()
    config = StytchConfig(
        options.project_id,
        options.secret,
        tuple(options.redirect_url),
        authorized_domains=tuple(options.authorized_domain),
    )
    standalone.serve(
        lambda _origin, store, outbox, clock: create_app(config, store, outbox, clock),
        options.port,
    )


if __name__ == "__main__":
    main()
