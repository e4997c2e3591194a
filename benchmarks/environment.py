"""The environment of a measured process."""

from __future__ import annotations

from pathlib import Path

IDENTITY_SECRET = "a secret of thirty-two bytes or more"


def environment(package: Path, **values: str) -> dict[str, str]:
    """Complete settings, for us and for the peers; `package` is where modules are found."""
    return {
        "AWS_DEFAULT_REGION": "us-east-1",
        "BASE_URL": "https://latchkey.example",
        "DATABASE_URL": "mysql://app:app@localhost/latchkey",
        "NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET,
        "NETLIFY_IDENTITY_URL": "https://latchkey.example/.netlify/identity",
        "PYTHONDONTWRITEBYTECODE": "1",  # as on Lambda, where the code's folder is read-only
        "PYTHONPATH": str(package),
        "STYTCH_PROJECT_ID": "project-test-00000000-0000-4000-8000-000000000000",
        "STYTCH_SECRET": "secret-test-local",
        **values,
    }
