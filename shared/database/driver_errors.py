"""What PyMySQL's exceptions mean: may the batch run again, and what is the caller told?"""

from __future__ import annotations

import pymysql
from pymysql.constants import CR, ER

from shared.errors import DatabaseUnavailable, LatchkeyError, SchemaBehind

_SEEKDB_CANNOT_SERIALIZE = 6235
_MYSQL_IDLE_TIMEOUT = 4031  # ER_CLIENT_INTERACTION_TIMEOUT, which PyMySQL does not name
# ER_AUTOINC_READ_FAILED, likewise: two INSERTs met, and this one has not been made.
_NO_AUTO_INCREMENT = 1467
_PYMYSQL_CLOSED = 0  # InterfaceError(0, …): used after it was closed

# The server has undone the whole batch, so a second run is the first.
ROLLED_BACK = frozenset(
    {ER.LOCK_WAIT_TIMEOUT, ER.LOCK_DEADLOCK, _NO_AUTO_INCREMENT, _SEEKDB_CANNOT_SERIALIZE}
)
NEVER_SENT = frozenset({CR.CR_SERVER_GONE_ERROR})
# The batch may have run, or a part of it. (It may be interrupted in another one's place: thread ids
# are those of one server, or of one vtgate.)
_UNANSWERED = frozenset({CR.CR_SERVER_LOST, CR.CR_SERVER_LOST_EXTENDED, ER.QUERY_INTERRUPTED})
LOST = NEVER_SENT | _UNANSWERED | {_MYSQL_IDLE_TIMEOUT, _PYMYSQL_CLOSED}
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
    return number(error) in lost | ROLLED_BACK and not _is_late(error)


def is_stalled(error: BaseException) -> bool:
    """Whether the answer to a statement that was sent did not come in time."""
    return number(error) in _UNANSWERED and _is_late(error)


def _is_late(error: BaseException) -> bool:
    return isinstance(error.__context__, TimeoutError)


def translated(error: Exception, unanswered: type[DatabaseUnavailable]) -> Exception:
    """What to raise in place of the error; `unanswered` where nobody knows what has been done.

    An error that is not of the driver's own kind comes of an answer that nobody can read. A mistake
    in a statement of ours stays as it is.
    """
    if number(error) in _SCHEMA_BEHIND or _is_table_unknown_to_vtgate(error):
        return SchemaBehind()
    if isinstance(error, (*_OUR_MISTAKES, LatchkeyError)):
        return error
    return unanswered() if _is_in_doubt(error) else DatabaseUnavailable()


def _is_table_unknown_to_vtgate(error: BaseException) -> bool:
    """Vitess says so where no keyspace has the table, under the number of anything unexpected."""
    if number(error) != ER.UNKNOWN_ERROR:
        return False
    words = str(error.args[-1]).split()
    return len(words) == 4 and [words[0], *words[2:]] == ["table", "not", "found"]


def _is_in_doubt(error: BaseException) -> bool:
    """Whether the batch may have run, at this try or at the one before."""
    is_readable = isinstance(error, pymysql.MySQLError | OSError)
    if not is_readable or number(error) in _UNANSWERED:
        return True
    return error.__context__ is not None and _is_in_doubt(error.__context__)


def is_access_denied(error: pymysql.MySQLError) -> bool:
    """Whether the server refuses the user or the password."""
    return number(error) == ER.ACCESS_DENIED_ERROR


def number(error: BaseException) -> int:
    """The server's or the driver's number of an error; -1 where there is none."""
    is_numbered = isinstance(error, pymysql.MySQLError) and error.args
    return int(error.args[0]) if is_numbered and isinstance(error.args[0], int) else -1
