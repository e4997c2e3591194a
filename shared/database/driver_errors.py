"""What PyMySQL's exceptions mean: may the batch run again, and what is the caller told?"""

from __future__ import annotations

import pymysql
from pymysql.constants import CR, ER

from shared.errors import DatabaseUnavailable, SchemaBehind

_SEEKDB_CANNOT_SERIALIZE = 6235
_MYSQL_IDLE_TIMEOUT = 4031  # ER_CLIENT_INTERACTION_TIMEOUT, which PyMySQL does not name
_PYMYSQL_CLOSED = 0  # InterfaceError(0, …): used after it was closed

# The server has undone the whole batch, so a second run is the first.
ROLLED_BACK = frozenset({ER.LOCK_WAIT_TIMEOUT, ER.LOCK_DEADLOCK, _SEEKDB_CANNOT_SERIALIZE})
NEVER_SENT = frozenset({CR.CR_SERVER_GONE_ERROR})
LOST = NEVER_SENT | {
    CR.CR_SERVER_LOST,
    CR.CR_SERVER_LOST_EXTENDED,
    _MYSQL_IDLE_TIMEOUT,
    _PYMYSQL_CLOSED,
}
# A table or a column is missing, or its owner has not granted it: a migration has not run.
_SCHEMA_BEHIND = frozenset(
    {
        ER.BAD_FIELD_ERROR,
        ER.BAD_TABLE_ERROR,
        ER.COLUMNACCESS_DENIED_ERROR,
        ER.NO_SUCH_TABLE,
        ER.TABLEACCESS_DENIED_ERROR,
        ER.WRONG_VALUE_COUNT_ON_ROW,
    }
)

_OUR_MISTAKES = (
    pymysql.DataError,
    pymysql.IntegrityError,
    pymysql.NotSupportedError,
    pymysql.ProgrammingError,
)


def may_run_again(error: Exception, lost: frozenset[int]) -> bool:
    """Whether a second run does no harm, where it does none after these kinds of lost connection.

    After a timeout there is no time left for a second run.
    """
    is_stalled = isinstance(error.__context__, TimeoutError)
    return number(error) in lost | ROLLED_BACK and not is_stalled


def translated(error: Exception) -> Exception:
    """What to raise in place of the error.

    An error that is not of the driver's own kind comes of an answer that nobody can read. A mistake
    in a statement of ours stays as it is.
    """
    if number(error) in _SCHEMA_BEHIND:
        return SchemaBehind()
    return error if isinstance(error, _OUR_MISTAKES) else DatabaseUnavailable()


def is_access_denied(error: pymysql.MySQLError) -> bool:
    """Whether the server refuses the user or the password."""
    return number(error) == ER.ACCESS_DENIED_ERROR


def number(error: Exception) -> int:
    """The server's or the driver's number of an error; -1 where there is none."""
    is_numbered = isinstance(error, pymysql.MySQLError) and error.args
    return int(error.args[0]) if is_numbered and isinstance(error.args[0], int) else -1
