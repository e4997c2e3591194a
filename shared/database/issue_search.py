"""Searching issues: those whose titles begin alike, in any case of letters, in the order of titles.

`title_key` is the title in small letters, in UTF-8, which the database makes of it. A range of it
is ordered by it and cannot be ordered by id as well, so a page goes on behind a key and an id.
"""

from __future__ import annotations

from typing import cast

from shared.database import mark
from shared.database.actor import Actor
from shared.database.issues import COLUMNS, Issue, IssueFilter
from shared.database.paging import SearchRequest

_GREATEST_CHARACTER = "\U0010ffff"  # no text has it: Unicode keeps it for such ends of ranges

_COLUMNS = f"{COLUMNS}, title_key"
_PAGE = (
    "((title_key = %(after_key)s AND id > %(after_id)s) OR title_key > %(after_key)s) "
    "AND title_key < %(end_key)s ORDER BY title_key, id LIMIT %(rows)s"
)


def _search(index: str, condition: str = "") -> str:
    """Two ranges on this index: equal keys behind the id, and greater keys."""
    rows = f"FROM issues FORCE INDEX ({index}) WHERE {condition}{_PAGE}"
    return mark.with_mark(_COLUMNS, f"SELECT {_COLUMNS} {rows}")


SEARCH = _search("issues_title")
SEARCH_OF_STATUS = _search("issues_status_title", "status = %(status)s AND ")
SEARCH_OF_ASSIGNEE = _search("issues_assignee_title", "assignee_id = %(owner)s AND ")
SEARCH_OF_ASSIGNEE_AND_STATUS = _search(
    "issues_assignee_status_title", "assignee_id = %(owner)s AND status = %(status)s AND "
)


class FoundIssue(Issue):
    """An issue that a search found, with the key by which it was found."""

    title_key: bytes


def find_page(page: SearchRequest, chosen: IssueFilter, caller: Actor) -> list[FoundIssue]:
    """Up to `page.limit` + 1 issues whose titles begin alike, by index; raises AccountDeleted."""
    statement = _SEARCHES[chosen.assignee_id is not None, chosen.status is not None]
    bounds = {
        "after_key": page.after_key,
        "after_id": page.after_id,
        "end_key": page.prefix + _GREATEST_CHARACTER,
        "rows": page.limit + 1,
    }
    values = {"status": chosen.status, "owner": chosen.assignee_id}
    found = cast(list[FoundIssue], mark.read(statement, caller, bounds | values))
    return sorted(found, key=_by_title)  # a UNION promises no order


_SEARCHES = {
    (False, False): SEARCH,
    (False, True): SEARCH_OF_STATUS,
    (True, False): SEARCH_OF_ASSIGNEE,
    (True, True): SEARCH_OF_ASSIGNEE_AND_STATUS,
}


def _by_title(issue: FoundIssue) -> tuple[bytes, int]:
    return issue["title_key"], issue["id"]
