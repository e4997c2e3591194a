"""What PlanetScale refuses in a schema, by the codes of its documentation ("Schema lint errors").

The rules are those that its pages of 2026 give; the texts are our own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from shared.settings.database_url import DatabaseUrl
from tests.planetscale.lint_rules import contents, foreign_keys, keys, keyspaces
from tests.planetscale.lint_rules.found import Found, Keyspaces
from tests.planetscale.schema_of_database import Schema, read_schema

DOCS = "https://planetscale.com/docs/vitess/schema-changes/schema-lint-errors"


class LintError(NamedTuple):
    """In the form of the API ("Lint a branch schema")."""

    lint_error: str
    table_name: str
    error_description: str
    docs_url: str
    keyspace_name: str = "latchkey"
    subject_type: str = "table_error"


def lint(url: DatabaseUrl) -> list[LintError]:
    """What is wrong in a database that has no shards."""
    schema = read_schema(url)
    return [error for code, check in CHECKS.items() for error in _errors(code, check(schema))]


def lint_keyspaces(url: DatabaseUrl, planned: Keyspaces) -> list[LintError]:
    """What would be wrong besides if its tables lay in these."""
    schema = read_schema(url)
    checks = KEYSPACE_CHECKS.items()
    return [error for code, check in checks for error in _errors(code, check(schema, planned))]


def _errors(code: str, found: Found) -> list[LintError]:
    page = f"{DOCS}/{code.lower().replace('_', '-')}"
    return [LintError(code, table, text, page) for table, text in found]


CHECKS: Mapping[str, Callable[[Schema], Found]] = {
    "NO_UNIQUE_KEY": keys.no_unique_key,
    "FOREIGN_KEYS_DISALLOWED": foreign_keys.disallowed,
    "INVALID_CHARSET": contents.invalid_charset,
    "UNSUPPORTED_FEATURE": contents.unsupported_feature,
    "DUPLICATE_ENUM_VALUE": contents.duplicate_enum_value,
    "UNSUPPORTED_PARTITIONING_FEATURE": contents.unsupported_partitioning_feature,
    "INVALID_TABLE_REFERENCED_IN_VIEW": contents.invalid_table_referenced_in_view,
    "INVALID_COLUMN_REFERENCED_IN_VIEW": contents.invalid_column_referenced_in_view,
    "BLOB_IN_UNIQUE_KEY": keys.blob_in_unique_key,
    "PARTIAL_KEY_IN_UNIQUE_KEY": keys.partial_key_in_unique_key,
    "FOREIGN_KEYS_CIRCULAR_DEPENDENCY": foreign_keys.circular_dependency,
    "FOREIGN_KEYS_NONEXISTENT_TABLE": foreign_keys.nonexistent_table,
    "FOREIGN_KEYS_REFERENCED_VIEW": foreign_keys.referenced_view,
    "FOREIGN_KEYS_UNRESOLVED": foreign_keys.unresolved,
}
KEYSPACE_CHECKS: Mapping[str, Callable[[Schema, Keyspaces], Found]] = {
    "UNSUPPORTED_SHARDED_FEATURE": keyspaces.unsupported_sharded_feature,
    "INVALID_VSCHEMA": keyspaces.invalid_vschema,
}
NOT_OURS = {
    "UNSPECIFIED": "has no rule of its own: it is what has no other code",
    "INVALID_ROUTING_RULES": "is about routing rules, and we have none",
}
