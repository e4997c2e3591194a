"""What Netlify Identity's refusals say: of a user, of a token, or of neither.

Source: github.com/netlify/gotrue at ab1bf15. A refusal has a `code`, which repeats the status, and
a `msg` (`api/errors.go`, HTTPError). What is none of these texts says nothing of anybody: such as
the 404 "Unable to locate site configuration" (`api/middleware.go`), or a proxy's page.
"""

from __future__ import annotations

from shared.auth.upstream_http import Answer

_NO_SUCH_USER = "User not found"  # api/admin.go, loadUser; api/user.go, UserGet
_TOKEN_REFUSED = "Invalid token: "  # noqa: S105 - api/auth.go, parseJWTClaims; then the reason
_NO_USER_OF_TOKEN = "Invalid user"  # noqa: S105 - api/logout.go, Logout
_TAKEN = "Email address already registered by another user"  # api/invite.go, Invite
_ADDRESS_REFUSED = "Unable to validate email address: "  # api/mail.go, validateEmail


def says_no_such_user(answer: Answer) -> bool:
    """Whether the user who was asked for does not exist (any more)."""
    return _refusal(answer, 404) == _NO_SUCH_USER


def refuses_token(answer: Answer) -> bool:
    """Whether the token that was sent is refused, or the user to whom it belongs is gone."""
    text = _refusal(answer, 401)
    is_of_token = text.startswith(_TOKEN_REFUSED) or text == _NO_USER_OF_TOKEN
    return is_of_token or says_no_such_user(answer)


def says_taken(answer: Answer) -> bool:
    """Whether the address has an account already."""
    return _refusal(answer, 422) == _TAKEN


def refuses_address(answer: Answer) -> bool:
    """Whether the address cannot receive mail."""
    return _refusal(answer, 422).startswith(_ADDRESS_REFUSED)


def _refusal(answer: Answer, status: int) -> str:
    """The text of a refusal of this status; empty where the answer is none."""
    text = answer.body.get("msg")
    is_whole = answer.body.get("code") == answer.status == status and isinstance(text, str)
    return str(text) if is_whole else ""
