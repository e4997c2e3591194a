"""What a function that starts may import, and what it must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.configuration import IDENTITY, IDENTITY_SECRET, STYTCH, VALUES, without
from tests.support.fresh_process import loaded_by, modules_after

ROOT = Path(__file__).parents[2]
FUNCTIONS = sorted((ROOT / "functions").glob("[a-z]*.py"))
IMPORTS_THE_SDK = re.compile(r"^ *from shared\.auth\.stytch import .*\bsdk\b", re.MULTILINE)
WITH_SDK = [path.stem for path in FUNCTIONS if IMPORTS_THE_SDK.search(path.read_text())]
WITHOUT_SDK = [path.stem for path in FUNCTIONS if path.stem not in WITH_SDK]
OF_IDENTITY = re.compile(r"shared\.auth\.(netlify|identity)")
REMOTE = {"DATABASE_URL": "mysql://app:p4ssw0rd@db.latchkey.example/latchkey"}
REMOTE_WITH_IDENTITY = without(*STYTCH) | REMOTE | {"NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET}
BY_RSA = "cryptography.hazmat.primitives.asymmetric.rsa"
READS_CERTIFICATES = "cryptography.x509.name"
SLOW_IMPORTS = ["aiohttp", "boto3", "botocore", "pydantic", "requests", "stytch", "urllib3"]


def test_functions_for_rows_have_no_use_for_stytchs_sdk():
    assert {"get", "create", "update", "delete"} & set(WITH_SDK) == set()


@pytest.mark.parametrize("function", WITHOUT_SDK)
def test_a_cold_start_loads_nothing_dear(function):
    assert set(loaded_by(f"functions.{function}")) & set(SLOW_IMPORTS) == set()


@pytest.mark.parametrize("function", WITH_SDK)
def test_functions_whose_job_is_stytch_load_its_sdk_while_they_start(function):
    loaded = loaded_by(f"functions.{function}")

    assert ("stytch" in loaded, "boto3" in loaded) == (True, False)


@pytest.mark.parametrize("function", [path.stem for path in FUNCTIONS])
def test_a_site_without_stytch_loads_nothing_of_it(function):
    loaded = modules_after(f"functions.{function}", **without(*STYTCH))

    assert [name for name in loaded if "stytch" in name] == []
    assert set(SLOW_IMPORTS) & set(loaded) == set()


@pytest.mark.parametrize("function", [path.stem for path in FUNCTIONS])
def test_a_site_without_identity_loads_nothing_of_it(function):
    loaded = modules_after(f"functions.{function}", **without(*IDENTITY))

    assert [name for name in loaded if OF_IDENTITY.match(name)] == []


def test_the_modules_of_both_providers_are_loaded_while_a_function_starts():
    loaded = modules_after("functions.get", **VALUES)

    assert {"shared.auth.netlify", "shared.auth.stytch.session"} <= set(loaded)


def test_where_no_token_is_verified_here_pyjwt_is_not_loaded():
    assert "jwt" not in modules_after("functions.get", **without(*STYTCH))


def test_where_identitys_secret_is_known_pyjwt_is_loaded_while_a_function_starts():
    with_secret = without(*STYTCH) | {"NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET}

    assert "jwt" in modules_after("functions.get", **with_secret)


@pytest.mark.parametrize("function", [path.stem for path in FUNCTIONS])
def test_a_site_with_identity_and_a_remote_database_loads_no_cryptography(function):
    loaded = modules_after(f"functions.{function}", **REMOTE_WITH_IDENTITY)

    assert [name for name in loaded if name.startswith("cryptography")] == []


def test_where_it_is_spared_a_function_of_ones_own_can_import_cryptography():
    loaded = modules_after("functions", "cryptography", **REMOTE_WITH_IDENTITY)

    assert {"jwt", "pymysql", "cryptography"} <= set(loaded)


@pytest.mark.parametrize(
    "settings",
    [VALUES | REMOTE, REMOTE_WITH_IDENTITY | {"DATABASE_URL": VALUES["DATABASE_URL"]}],
    ids=["tokens of Stytch", "a database without TLS"],
)
def test_what_is_signed_or_encrypted_with_rsa_loads_cryptography(settings):
    assert BY_RSA in modules_after("functions.get", **settings)


def test_where_only_stytch_signs_tokens_nothing_reads_certificates():
    loaded = modules_after("functions.get", **VALUES)

    assert ("jwt" in loaded, READS_CERTIFICATES in loaded) == (True, False)


def test_certificates_can_be_read_by_whoever_uses_them():
    assert READS_CERTIFICATES in modules_after("functions", "cryptography.x509.oid", **VALUES)


def test_what_identitys_secret_needs_is_there_before_the_first_request():
    settings = VALUES | {"NETLIFY_IDENTITY_SECRET": IDENTITY_SECRET}

    assert READS_CERTIFICATES in modules_after("functions.get", **settings)
