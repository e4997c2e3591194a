"""What of MySQL's SQL is the same on MySQL 8 and 9, Vitess, MariaDB and seekdb, and bounded.

`complaints` names each rule that a statement breaks. Sources: PlanetScale's documentation on schema
changes and system limits, Vitess's MySQL compatibility page, and probes on all four engines.
"""

from __future__ import annotations

import re

FORBIDDEN = {
    "RETURNING": r"\bRETURNING\b",
    "FOR SHARE": r"\bFOR\s+SHARE\b|\bLOCK\s+IN\s+SHARE\s+MODE\b",
    "JSON arrow": r"->",
    "alias in ON DUPLICATE KEY": r"\)\s*AS\s+\w+\s+ON\s+DUPLICATE\b",
    "GET_LOCK": r"\bGET_LOCK\b",
    "user variable": r"@\w",
    "view": r"\bVIEW\b",
    "trigger": r"\bTRIGGER\b",
    "procedure": r"\b(PROCEDURE|FUNCTION|CALL)\b",
    "foreign key": r"\bFOREIGN\s+KEY\b|\bREFERENCES\b",
    "JSON_TABLE": r"\bJSON_TABLE\b",
    "LOAD DATA": r"\bLOAD\s+DATA\b",
    "RENAME": r"\bRENAME\b|\bCHANGE\s+COLUMN\b",
    "OFFSET": r"\bOFFSET\b|\bLIMIT\s+\S+\s*,",
    "SELECT *": r"\bSELECT\s+(\w+\.)?\*",
    "expression default": r"\bDEFAULT\s*\(",
    "functional index": r"\bKEY\s+\w+\s*\(\s*\(",
    "CREATE DATABASE": r"\b(CREATE|DROP)\s+(DATABASE|SCHEMA)\b",
    "collation of one engine": r"utf8mb4_0900|utf8mb4_general|utf8mb4_unicode",
    "ISO time": r"'\d{4}-\d\d-\d\dT",
}

# What one row at most is found by.
_UNIQUE = (
    r"\bid = %\(",
    r"\bemail = %\(",
    r"\bprincipal_id = %\(",
    r"\bcreation_key = %\(",
    r"\bid IN %\(",
    r"\bsubject = %\(",
    r"\bname = %\(",
    r"\b(principal_id|subject) IN %\(found\)s",  # of a batch that was found with a LIMIT
    r"\bassignee_id = %\(owner\)s AND idempotency_key = %\(",
)

_COMPARED = re.compile(
    r"(\w*email|\w+_id|\w+_key|\w+_hash|provider|subject|checksum)\s+(VAR)?CHAR\(", re.I
)
_KIND = re.compile(r"\b((?:ADD|DROP|ALTER|MODIFY) (?:COLUMN|UNIQUE KEY|KEY))\b", re.I)


def complaints(statement: str) -> list[str]:
    """The rules that one statement breaks."""
    text = " ".join(re.sub(r"--.*", "", statement).split())
    forbidden = [name for name, rule in FORBIDDEN.items() if re.search(rule, text, re.I)]
    if re.match(r"CREATE TABLE\b", text, re.I):
        return forbidden + _complaints_of_table(text)
    if re.match(r"ALTER TABLE\b", text, re.I):
        return forbidden + _complaints_of_change(text)
    return forbidden + _complaints_of_reach(text)


def _complaints_of_reach(text: str) -> list[str]:
    """A statement that reads or changes a table must say how much of it."""
    if not re.match(r"(SELECT|UPDATE|DELETE)\b", text, re.I):
        return []
    names_a_table = re.search(r"\b(FROM|UPDATE)\s+(?!DUAL)\w", text, re.I)
    is_bounded = re.search(r"\bLIMIT\b", text, re.I) or any(re.search(key, text) for key in _UNIQUE)
    return ["unbounded"] if names_a_table and not is_bounded else []


def _complaints_of_change(text: str) -> list[str]:
    """What a change adds obeys the rules of a table; seekdb takes one kind of change at once."""
    parts = [part.removeprefix("ADD COLUMN ").removeprefix("ADD ") for part in parts_of(text)]
    kinds = {re.sub(r"(UNIQUE )?KEY$", "KEY", kind) for kind in _KIND.findall(text)}
    found = {
        "several kinds of change": len(kinds) > 1,
        "not compared byte by byte": any(_is_compared_otherwise(part) for part in parts),
        "key without a name": any(re.match(r"(UNIQUE )?KEY \(", part, re.I) for part in parts),
    }
    return [complaint for complaint, is_so in found.items() if is_so]


def parts_of(text: str) -> list[str]:
    """What is between the commas of a change, or of a table's body, but for those in brackets."""
    body = re.sub(r"^ALTER TABLE \w+ ", "", text)
    return [part.strip() for part in re.split(r",(?![^(]*\))", body)]


def _is_compared_otherwise(part: str) -> bool:
    return _COMPARED.match(part) is not None and "COLLATE utf8mb4_bin" not in part


def _complaints_of_table(text: str) -> list[str]:
    body, _, options = text.partition("(")[2].rpartition(")")
    parts = parts_of(body)
    key = next((part for part in parts if re.match(r"PRIMARY KEY", part, re.I)), "")
    columns = {part.split()[0]: part for part in parts}
    key_columns = re.findall(r"\w+", key.partition("(")[2])
    found = {
        "no primary key": not key,
        "primary key may be null": any("NOT NULL" not in columns[name] for name in key_columns),
        "not InnoDB": "ENGINE=InnoDB" not in options,
        "not utf8mb4": "DEFAULT CHARSET=utf8mb4" not in options,
        "collation of the table": "COLLATE" in options.upper(),
        "not compared byte by byte": any(_is_compared_otherwise(part) for part in parts),
        "key without a name": any(re.match(r"(UNIQUE )?KEY \(", part, re.I) for part in parts),
    }
    return [complaint for complaint, is_so in found.items() if is_so]
