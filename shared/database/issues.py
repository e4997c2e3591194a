"""The issues: one statement for each operation, and the index that serves it.

A write travels with the read of its result, in one round trip. `assignee_id` is named in every
statement that can name it, so that each stays on one shard; the shared board's list pages by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.auth.principal import Principal
from shared.database.accounts import account_deleted
from shared.database.database import Row, database, reader
from shared.database.paging import Page, PageRequest, page_of
from shared.digest import sha256
from shared.errors import Conflict, NotAssignee, NotFound
from shared.timestamps import rfc3339

STATUSES = ("to-do", "in progress", "done")

_COLUMNS = "id, title, status, assignee_id, assignee_name, assignee_email, created_at, updated_at"

_UNLESS_DELETED = "NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(owner)s)"
_PAGE = "id < %(before_id)s ORDER BY id DESC LIMIT %(rows)s"
_CHANGES = """title = COALESCE(%(title)s, title), status = COALESCE(%(status)s, status),
              updated_at = UTC_TIMESTAMP(6)"""

CREATE = f"""
    INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,
                        idempotency_key, request_hash, created_at, updated_at)
    SELECT %(title)s, %(status)s, %(owner)s, %(name)s, %(email)s,
           %(key)s, %(request_hash)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL WHERE {_UNLESS_DELETED}
    ON DUPLICATE KEY UPDATE idempotency_key = issues.idempotency_key;
    SELECT {_COLUMNS}, request_hash FROM issues
     WHERE assignee_id = %(owner)s AND idempotency_key = %(key)s
"""
FIND = f"SELECT {_COLUMNS} FROM issues WHERE id = %(id)s"
UPDATE_AS_ASSIGNEE = f"""
    UPDATE issues SET {_CHANGES}
     WHERE id = %(id)s AND assignee_id = %(owner)s AND {_UNLESS_DELETED};
    {FIND}
"""
UPDATE_AS_ADMIN = f"""
    UPDATE issues SET {_CHANGES} WHERE id = %(id)s AND {_UNLESS_DELETED};
    {FIND}
"""
DELETE_AS_ASSIGNEE = f"""
    DELETE FROM issues WHERE id = %(id)s AND assignee_id = %(owner)s AND {_UNLESS_DELETED};
    {FIND}
"""
DELETE_AS_ADMIN = f"""
    DELETE FROM issues WHERE id = %(id)s AND {_UNLESS_DELETED};
    {FIND}
"""
LIST = f"SELECT {_COLUMNS} FROM issues WHERE {_PAGE}"
LIST_OF_STATUS = f"SELECT {_COLUMNS} FROM issues WHERE status = %(status)s AND {_PAGE}"
LIST_OF_ASSIGNEE = f"SELECT {_COLUMNS} FROM issues WHERE assignee_id = %(owner)s AND {_PAGE}"
LIST_OF_ASSIGNEE_AND_STATUS = f"""
    SELECT {_COLUMNS} FROM issues
     WHERE assignee_id = %(owner)s AND status = %(status)s AND {_PAGE}
"""


@dataclass(frozen=True)
class IssueFilter:
    """Which issues to list: of one status, of one assignee, or of both."""

    status: str | None = None
    assignee_id: str | None = None


def create_issue(title: str, status: str, owner: Principal, idempotency_key: str) -> Row:
    """The new issue, or the one that an earlier request with this key made.

    Served by the unique index on assignee and key. Raises Conflict when the key came with another
    issue before, and Unauthenticated when the owner's account has been deleted.
    """
    request_hash = sha256(f"{status}\n{title}")
    written = database().write_repeatable(
        CREATE,
        {
            "title": title,
            "status": status,
            "owner": owner.id,
            "name": owner.name[:255],
            "email": owner.email,
            "key": sha256(idempotency_key),
            "request_hash": request_hash,
        },
    )
    if not written.rows:
        raise account_deleted()
    issue = written.rows[0]
    if issue.pop("request_hash") != request_hash:
        raise Conflict("idempotency_key_reused", "This Idempotency-Key came with another issue.")
    return _public(issue)


def list_issues(page: PageRequest, filter: IssueFilter) -> Page:
    """One page, newest first. Served by the primary key or the index that the filter names."""
    rows = reader().read(
        _LISTS[filter.assignee_id is not None, filter.status is not None],
        {
            "before_id": page.before_id,
            "rows": page.limit + 1,
            "status": filter.status,
            "owner": filter.assignee_id,
        },
    )
    return page_of([_public(row) for row in rows], page.limit)


def find_issue(id: int) -> Row:
    """One issue, by the primary key; raises NotFound."""
    rows = reader().read(FIND, {"id": id})
    if not rows:
        raise _no_such_issue()
    return _public(rows[0])


def update_issue(id: int, changes: dict[str, Any], caller: Principal) -> Row:
    """The issue with a new title, status, or both, by the primary key.

    Raises NotFound, NotAssignee, or Unauthenticated when the caller's account has been deleted.
    """
    written = database().write_repeatable(
        UPDATE_AS_ADMIN if caller.is_admin else UPDATE_AS_ASSIGNEE,
        {
            "id": id,
            "owner": caller.id,
            "title": changes.get("title"),
            "status": changes.get("status"),
        },
    )
    _check_permitted(written.affected, written.rows, caller)
    return _public(written.rows[0])


def delete_issue(id: int, caller: Principal) -> None:
    """Delete one issue, by the primary key; raises as `update_issue` does."""
    written = database().write(
        DELETE_AS_ADMIN if caller.is_admin else DELETE_AS_ASSIGNEE, {"id": id, "owner": caller.id}
    )
    if written.affected == 0:
        _check_permitted(0, written.rows, caller)


_LISTS = {
    (False, False): LIST,
    (False, True): LIST_OF_STATUS,
    (True, False): LIST_OF_ASSIGNEE,
    (True, True): LIST_OF_ASSIGNEE_AND_STATUS,
}


def _check_permitted(affected: int, rows: list[Row], caller: Principal) -> None:
    """Why nothing was changed, if nothing was: told by the row that is still there, or is not."""
    if not rows:
        raise _no_such_issue()
    if affected:
        return
    if caller.is_admin or rows[0]["assignee_id"] == caller.id:
        raise account_deleted()
    raise NotAssignee


def _no_such_issue() -> NotFound:
    return NotFound("issue_not_found", "There is no such issue.")


def _public(row: Row) -> Row:
    return {
        **row,
        "created_at": rfc3339(row["created_at"]),
        "updated_at": rfc3339(row["updated_at"]),
    }
