"""The issues: one statement for each operation, and the index that serves it.

A write travels with the read of its result, in one round trip. `assignee_id` is named in every
statement that can name it, so that each stays on one shard; the shared board's list pages by id.
"""

from typing import NamedTuple, TypedDict, cast

from shared.database import mark, visits
from shared.database.actor import Actor, parameters_of
from shared.database.database import Row, database
from shared.database.paging import PageRequest
from shared.digest import sha256
from shared.errors import AccountDeleted, Conflict, NotAssignee, NotFound, PreconditionFailed

Versions = tuple[str, ...] | None

STATUSES = ("to-do", "in progress", "done")

COLUMNS = "id, title, status, assignee_id, assignee_name, assignee_email, created_at, updated_at"

_UNLESS_DELETED = "NOT EXISTS (SELECT 1 FROM deleted_accounts WHERE principal_id = %(owner)s)"
_ANY = f"id = %(id)s AND (%(any)s OR updated_at IN %(versions)s) AND {_UNLESS_DELETED}"
_ASSIGNED = f"assignee_id = %(owner)s AND {_ANY}"
_CHANGES = (
    "title = COALESCE(%(title)s, title), status = COALESCE(%(status)s, status), "
    "updated_at = UTC_TIMESTAMP(6)"
)
_PAGE = "id < %(before_id)s ORDER BY id DESC LIMIT %(rows)s"

CREATE = f"""
    INSERT INTO issues (title, status, assignee_id, assignee_name, assignee_email,
                        idempotency_key, request_hash, created_at, updated_at)
    SELECT %(title)s, %(status)s, %(owner)s, %(name)s, %(email)s,
           %(key)s, %(request_hash)s, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM DUAL WHERE {_UNLESS_DELETED}
    ON DUPLICATE KEY UPDATE idempotency_key = issues.idempotency_key;
    {visits.SEE};
    SELECT {COLUMNS}, request_hash FROM issues
     WHERE assignee_id = %(owner)s AND idempotency_key = %(key)s
"""
FIND = mark.with_mark(COLUMNS, f"SELECT {COLUMNS} FROM issues WHERE id = %(id)s")
UPDATE_AS_ADMIN = f"UPDATE issues SET {_CHANGES} WHERE {_ANY}; {FIND}"
UPDATE_AS_ASSIGNEE = f"UPDATE issues SET {_CHANGES} WHERE {_ASSIGNED}; {FIND}"
DELETE_AS_ADMIN = f"DELETE FROM issues WHERE {_ANY}; {FIND}"
DELETE_AS_ASSIGNEE = f"DELETE FROM issues WHERE {_ASSIGNED}; {FIND}"
LIST = mark.with_mark(COLUMNS, f"SELECT {COLUMNS} FROM issues WHERE {_PAGE}")


def _list(index: str, condition: str) -> str:
    """A list by a filter, by a range on the filter's index.

    Left to itself, MariaDB reads all rows of a common value below any depth, and MySQL walks the
    primary key past all rows of other values: half a million rows for a page of fifty, measured.
    """
    rows = f"FROM issues FORCE INDEX ({index}) WHERE {condition} AND {_PAGE}"
    return mark.with_mark(COLUMNS, f"SELECT {COLUMNS} {rows}")


LIST_OF_STATUS = _list("issues_status", "status = %(status)s")
LIST_OF_ASSIGNEE = _list("issues_assignee", "assignee_id = %(owner)s")
LIST_OF_ASSIGNEE_AND_STATUS = _list(
    "issues_assignee_status", "assignee_id = %(owner)s AND status = %(status)s"
)


class Issue(TypedDict):
    """An issue as the API shows it; times are RFC 3339, in UTC."""

    id: int
    title: str
    status: str
    assignee_id: str
    assignee_name: str
    assignee_email: str
    created_at: str
    updated_at: str


class IssueChanges(TypedDict, total=False):
    """New values for an issue; what is missing stays as it is."""

    title: str
    status: str


class IssueFilter(NamedTuple):
    """Which issues to list: of one status, of one assignee, or of both."""

    status: str | None = None
    assignee_id: str | None = None


def create(title: str, status: str, owner: Actor, idempotency_key: str) -> Issue:
    """The new issue, or the one that an earlier request with this key made; its owner is seen.

    Served by the unique index on assignee and key, and by those of `visits.see`. Raises Conflict
    when the key came with another issue before, and AccountDeleted.
    """
    request_hash = sha256(f"{status}\n{title}")
    values = {"title": title, "status": status, "request_hash": request_hash}
    key = {"owner": owner.id, "key": sha256(idempotency_key)}
    written = database().write_idempotent(CREATE, values | parameters_of(owner) | key)
    if not written.rows:
        raise AccountDeleted
    issue = written.rows[0]
    if issue.pop("request_hash") != request_hash:
        raise Conflict("idempotency_key_reused", "This Idempotency-Key came with another issue.")
    return cast(Issue, issue)


def find_page(page: PageRequest, chosen: IssueFilter, caller: Actor) -> list[Issue]:
    """Up to `page.limit` + 1 issues, newest first, by key or index; raises AccountDeleted."""
    statement = _LISTS[chosen.assignee_id is not None, chosen.status is not None]
    bounds = {"before_id": page.before_id, "rows": page.limit + 1}
    values = {"status": chosen.status, "owner": chosen.assignee_id}
    return cast(list[Issue], mark.read_page(statement, caller, bounds | values))


def find(issue_id: int, caller: Actor) -> Issue:
    """One issue, by the primary key; raises NotFound, or AccountDeleted."""
    return _first(mark.read(FIND, caller, {"id": issue_id}))


def update(issue_id: int, changes: IssueChanges, actor: Actor, versions: Versions = None) -> Issue:
    """The issue with a new title, status, or both, by the primary key.

    `versions` are values of `updated_at`, one of which it must still have; None allows any. Raises
    NotFound, NotAssignee, PreconditionFailed when it has changed, or AccountDeleted.
    """
    statement = UPDATE_AS_ADMIN if actor.is_admin else UPDATE_AS_ASSIGNEE
    write = database().write_idempotent if versions is None else database().write
    params = _which(issue_id, actor, versions)
    written = write(statement, params | {"title": None, "status": None} | changes)
    issue = _first(mark.unmarked(written.rows))
    if written.rows_changed == 0:
        _refuse(issue, actor, versions)
    return issue


def delete(issue_id: int, actor: Actor, versions: Versions = None) -> None:
    """Delete one issue, by the primary key; raises as `update` does."""
    statement = DELETE_AS_ADMIN if actor.is_admin else DELETE_AS_ASSIGNEE
    written = database().write(statement, _which(issue_id, actor, versions))
    if written.rows_changed == 0:
        _refuse(_first(mark.unmarked(written.rows)), actor, versions)


_LISTS = {
    (False, False): LIST,
    (False, True): LIST_OF_STATUS,
    (True, False): LIST_OF_ASSIGNEE,
    (True, True): LIST_OF_ASSIGNEE_AND_STATUS,
}


def _first(rows: list[Row]) -> Issue:
    """The issue that was read; raises NotFound when there was none."""
    if not rows:
        raise NotFound("issue_not_found", "There is no such issue.")
    return cast(Issue, rows[0])


def _which(issue_id: int, actor: Actor, versions: Versions) -> dict[str, object]:
    times = [version.replace("T", " ").removesuffix("Z") for version in versions or ()]
    is_any = {"any": versions is None, "versions": times or ["1000-01-01 00:00:00"]}
    return {"id": issue_id, "owner": actor.id, "caller": actor.id, **is_any}


def _refuse(issue: Issue, actor: Actor, versions: Versions) -> None:
    """Raise the reason why an issue that exists was not changed."""
    if not (actor.is_admin or issue["assignee_id"] == actor.id):
        raise NotAssignee
    if versions is not None and issue["updated_at"] not in versions:
        raise PreconditionFailed("issue_changed", "The issue has changed; read it again.")
    raise AccountDeleted
