"""What was set, in `.env` and then in the environment, and what the functions find in theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from local import stack
from local.function_settings import FUNCTION_SETTINGS
from local.providers import chosen_providers, without_absent

LOCAL_PROJECT_ID = "project-test-00000000-0000-4000-8000-000000000000"
LOCAL_STYTCH_SECRET = "secret-test-local"  # noqa: S105 - known to everyone, valid on loopback only
LOCAL_STYTCH_PUBLIC_TOKEN = "public-token-test-00000000-0000-4000-8000-000000000000"  # noqa: S105
LOCAL_STYTCH_WEBHOOK_SECRET = "whsec_bG9jYWwtc3R5dGNoLXdlYmhvb2stc2VjcmV0"  # noqa: S105 - likewise
LOCAL_IDENTITY_WEBHOOK_SECRET = "local-identity-webhook-secret-for-loopback"  # noqa: S105 - likewise
LOCAL_IDENTITY_SECRET = "local-identity-secret-for-loopback-only"  # noqa: S105 - likewise
LOCAL_ADMIN = "ada@example.com"
IDENTITY_PATH = "/.netlify/identity"
DEV_PATH = "/_dev"
DEFAULT_PORTS: Mapping[str, tuple[str, int]] = {
    "web": ("PORT", 8888),
    "aws": ("AWS_PORT", 3000),
    "lambda": ("LAMBDA_PORT", 3001),
    "stytch": ("STYTCH_PORT", 8889),
}


class SettingsError(ValueError):
    """A setting cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """Holds what was set; `environ` is `.env` with the real environment over it."""

    root: Path
    state_dir: Path
    environ: Mapping[str, str]
    ports: Mapping[str, int]
    providers: frozenset[str]

    @property
    def stack(self) -> str:
        """Return the name of the stack whose folder it is."""
        return stack.name_of(self.state_dir)

    @property
    def web_url(self) -> str:
        """Return where the site listens; `base_url` may be a proxy in front of it."""
        return f"http://localhost:{self.ports['web']}"

    @property
    def aws_url(self) -> str:
        return f"http://localhost:{self.ports['aws']}"

    @property
    def lambda_url(self) -> str:
        return f"http://localhost:{self.ports['lambda']}"

    @property
    def stytch_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['stytch']}"

    @property
    def identity_url(self) -> str:
        return f"{self.web_url}{IDENTITY_PATH}"

    @property
    def base_url(self) -> str:
        return self.environ.get("BASE_URL", self.web_url).rstrip("/")

    @property
    def has_identity(self) -> bool:
        return "netlify" in self.providers

    @property
    def has_stytch(self) -> bool:
        return "stytch" in self.providers

    @property
    def emulates_stytch(self) -> bool:
        """Tell whether Stytch is emulated; with real credentials the functions use the real one."""
        is_local_project = self.stytch_project_id == LOCAL_PROJECT_ID
        return self.has_stytch and is_local_project and "STYTCH_BASE_URL" not in self.environ

    @property
    def used_ports(self) -> Mapping[str, int]:
        """Return the ports of the parts that run."""
        unused = set() if self.emulates_stytch else {"stytch"}
        return {part: port for part, port in self.ports.items() if part not in unused}

    @property
    def stytch_project_id(self) -> str:
        return self.environ.get("STYTCH_PROJECT_ID", LOCAL_PROJECT_ID)

    @property
    def stytch_secret(self) -> str:
        return self.environ.get("STYTCH_SECRET", LOCAL_STYTCH_SECRET)

    @property
    def identity_secret(self) -> str:
        return self.environ.get("NETLIFY_IDENTITY_SECRET", LOCAL_IDENTITY_SECRET)

    @property
    def stytch_webhook_secret(self) -> str:
        return self.environ.get("STYTCH_WEBHOOK_SECRET", LOCAL_STYTCH_WEBHOOK_SECRET)

    @property
    def identity_autoconfirm(self) -> bool:
        return self.environ.get("IDENTITY_AUTOCONFIRM") == "1"

    def function_environment(self, database_url: str | None) -> dict[str, str]:
        """Return what every function finds in its environment: what was set, else local defaults.

        Nothing of a provider that the site does not have is in it. `database_url` is the private
        server's; None where the developer has set another.
        """
        defaults = {
            "BASE_URL": self.base_url,
            "STYTCH_PROJECT_ID": LOCAL_PROJECT_ID,
            "STYTCH_SECRET": LOCAL_STYTCH_SECRET,
            "NETLIFY_IDENTITY_URL": self.identity_url,
            "NETLIFY_IDENTITY_SECRET": LOCAL_IDENTITY_SECRET,
            "STYTCH_WEBHOOK_SECRET": LOCAL_STYTCH_WEBHOOK_SECRET,
            "IDENTITY_WEBHOOK_SECRET": LOCAL_IDENTITY_WEBHOOK_SECRET,
            "ADMIN_EMAILS": LOCAL_ADMIN,
            "SIGNUP": "open",
            "REPORT_SPANS": "on",
        }
        if self.stack != stack.MAIN:  # browsers send the cookies of localhost to each of its ports
            defaults["COOKIE_NAME"] = f"stytch_session_{self.stack}"
        if database_url is not None:
            defaults["DATABASE_URL"] = database_url
        if self.emulates_stytch:
            defaults["STYTCH_BASE_URL"] = self.stytch_url
        named = {name: self.environ[name] for name in FUNCTION_SETTINGS if name in self.environ}
        return without_absent(defaults | named, self.providers)


def load_settings(root: Path, state_dir: Path, environ: Mapping[str, str]) -> Settings:
    """Read `.env` below `root` and `environ`; raises SettingsError for a bad value."""
    merged = {**_dotenv(root / ".env"), **environ}
    present = {name: value for name, value in merged.items() if value}
    if len(present.get("NETLIFY_IDENTITY_SECRET", LOCAL_IDENTITY_SECRET).encode()) < 32:
        raise SettingsError("NETLIFY_IDENTITY_SECRET needs 32 bytes or more (RFC 7518, 3.2)")
    return Settings(
        root=root,
        state_dir=state_dir,
        environ=present,
        ports={
            part: port_of(present, name, default) for part, (name, default) in DEFAULT_PORTS.items()
        },
        providers=_providers(present),
    )


def _dotenv(path: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(path)
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path.name} is not a text in UTF-8") from error


def _providers(environ: Mapping[str, str]) -> frozenset[str]:
    try:
        return chosen_providers(environ)
    except ValueError as error:
        raise SettingsError(str(error)) from error


def port_of(environ: Mapping[str, str], name: str, default: int) -> int:
    """Return the port that a variable names; raises SettingsError for a value that is none."""
    text = environ.get(name, str(default))
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise SettingsError(f"{name} is not a port number: {text!r}")
