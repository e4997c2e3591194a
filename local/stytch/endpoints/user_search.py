"""Search over the users: filters that combine, and a cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from local.kit.fields import Fields
from local.kit.store import Document
from local.stytch.errors import ErrorType, StytchError

_Matches = Callable[[Document], bool]


def search_users(users: Iterable[Document], fields: Fields) -> Document:
    """Return `results` and `results_metadata` for `query`, `limit` (1 to 1000) and `cursor`."""
    limit = fields.optional_integer("limit")
    if limit is not None and not 1 <= limit <= 1000:
        raise StytchError(ErrorType.USER_SEARCH_INVALID_LIMIT)
    start = _position(fields.optional_text("cursor"))
    matches = _query(fields.nested("query") or Fields({}))
    found = [user for user in users if matches(user)]
    end = start + (limit or 100)
    return {
        "results": found[start:end],
        "results_metadata": {
            "total": len(found),
            "next_cursor": str(end) if end < len(found) else None,
        },
    }


def _position(cursor: str | None) -> int:
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise StytchError(ErrorType.USER_SEARCH_INVALID_CURSOR)
    return int(cursor)


def _query(query: Fields) -> _Matches:
    operator = query.optional_text("operator") or "AND"
    operands = [_operand(operand) for operand in query.several("operands")]
    if operator not in ("AND", "OR"):
        raise StytchError(ErrorType.USER_SEARCH_INVALID_OPERATOR)
    combine = any if operator == "OR" and operands else all
    return lambda user: combine(matches(user) for matches in operands)


def _operand(operand: Fields) -> _Matches:
    make = _FILTERS.get(operand.optional_text("filter_name") or "")
    if make is None:
        raise StytchError(ErrorType.USER_SEARCH_FILTER_NAME_NOT_RECOGNIZED)
    return make(operand.value("filter_value"))


def _user_id(value: object) -> _Matches:
    wanted = _strings(value)
    return lambda user: user["user_id"] in wanted


def _status(value: object) -> _Matches:
    wanted = _string(value)
    return lambda user: bool(user["status"] == wanted)


def _email_id(value: object) -> _Matches:
    wanted = _strings(value)
    return lambda user: any(email["email_id"] in wanted for email in user["emails"])


def _email_address(value: object) -> _Matches:
    wanted = {address.lower() for address in _strings(value)}
    return lambda user: any(email["email"] in wanted for email in user["emails"])


def _email_address_fuzzy(value: object) -> _Matches:
    part = _string(value).lower()
    return lambda user: any(part in email["email"] for email in user["emails"])


def _email_verified(value: object) -> _Matches:
    if not isinstance(value, bool):
        raise StytchError(ErrorType.USER_SEARCH_EXPECTED_BOOL)
    return lambda user: any(email["verified"] is value for email in user["emails"])


def _full_name_fuzzy(value: object) -> _Matches:
    part = _string(value).lower()
    return lambda user: part in " ".join(filter(None, user["name"].values())).lower()


_FILTERS: dict[str, Callable[[object], _Matches]] = {
    "user_id": _user_id,
    "status": _status,
    "email_id": _email_id,
    "email_address": _email_address,
    "email_address_fuzzy": _email_address_fuzzy,
    "email_verified": _email_verified,
    "full_name_fuzzy": _full_name_fuzzy,
}


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise StytchError(ErrorType.USER_SEARCH_EXPECTED_STRING)
    return value


def _strings(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise StytchError(ErrorType.USER_SEARCH_EXPECTED_ARRAY_OF_STRING)
    return value
