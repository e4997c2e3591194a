"""Keyset pages: so many rows below an id, or from a key on, by a range on an index."""

from typing import NamedTuple

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200  # also the default where the tutorials' front ends call, which know no pages
LARGEST_ID = 2**64 - 1


class PageRequest(NamedTuple):
    """Up to `limit` rows whose ids are below `before_id`, newest first.

    Whoever reads a page asks for one row more: it only shows that there is a next page.
    """

    limit: int = DEFAULT_LIMIT
    before_id: int = LARGEST_ID


class SearchRequest(NamedTuple):
    """Up to `limit` rows whose keys begin with `prefix`, in the order of their keys, then of ids.

    A range of keys has no order of ids, so a page goes on behind a key and an id.
    """

    limit: int
    prefix: str
    after_key: str
    after_id: int = 0
