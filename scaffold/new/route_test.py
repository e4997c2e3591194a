"""`tests/integration/functions/test_*.py`: a test that passes, and shows where to go on."""

from __future__ import annotations

from scaffold.checkout import Checkout, Refused
from scaffold.new.wanted import Wanted
from scaffold.python_text import formatted

FOLDER = "tests/integration/functions"

_MODULE = '''\
"""{route}: who may call it, and what it answers."""

from __future__ import annotations

from tests.support.visitor import Visitor

{tests}'''
_ANSWERED = """
def test_{who}_is_answered({visitor}: Visitor) -> None:
    answer = {call}

    assert answer.status_code == 200
    # Go on here: what has to be in the answer, and in the database afterwards.
    assert answer.json() == {expected}
"""
_REFUSED = """

def test_{who}_is_refused({visitor}: Visitor) -> None:
    answer = {call}

    assert answer.status_code == {status}
"""
_NOT_FOUND = """

def test_what_is_no_id_is_not_found({visitor}: Visitor) -> None:
    answer = {call}

    assert answer.status_code == 404
"""
_INVALID = """

def test_an_empty_name_is_invalid({visitor}: Visitor) -> None:
    answer = {call}

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["name"]
"""
# Who is answered and who is refused, as the test's name says it, with the fixture of that person.
_ANSWERED_TO = {
    "member": ("a_member", "member"),
    "admin": ("an_admin", "admin"),
    "anyone": ("who_has_not_signed_in", "stranger"),
}
_REFUSED_TO = {
    "member": [("who_has_not_signed_in", "stranger", 401)],
    "admin": [("a_member", "member", 403), ("who_has_not_signed_in", "stranger", 401)],
    "anyone": [],
}


def write(checkout: Checkout, wanted: Wanted) -> None:
    """Write the test under a name that is free; raises Refused where there is none."""
    path = file_of(checkout, wanted)
    checkout.write(path, formatted(path, _source(wanted)))


def file_of(checkout: Checkout, wanted: Wanted) -> str:
    """A function's test is called like the function, that of a further route like its endpoint."""
    own = [wanted.route.function] if wanted.is_new_function else []
    names = [f"{FOLDER}/test_{name}.py" for name in (*own, wanted.endpoint)]
    free = [name for name in names if not checkout.exists(name)]
    if not free:
        raise Refused(f"{names[-1]} is there already; remove it, or choose another ROUTE.")
    return free[0]


def _source(wanted: Wanted) -> str:
    who, visitor = _ANSWERED_TO[wanted.who]
    expected = {"message": "success"} | {
        name: 1 if name == "id" else "1" for name in wanted.parameters
    }
    expected |= {"name": "A name"} if wanted.has_body else {}
    path = f"/api{wanted.example_path}"
    call = _call(wanted, visitor, path)
    tests = [_ANSWERED.format(who=who, visitor=visitor, call=call, expected=expected)]
    tests += [
        _REFUSED.format(who=who, visitor=other, call=_call(wanted, other, path), status=status)
        for who, other, status in _REFUSED_TO[wanted.who]
    ]
    if "id" in wanted.parameters:
        wrong = f"/api{wanted.route.path.replace('{id}', 'none')}"
        tests.append(_NOT_FOUND.format(visitor=visitor, call=_call(wanted, visitor, wrong)))
    if wanted.has_body:
        tests.append(_INVALID.format(visitor=visitor, call=_call(wanted, visitor, path, name=" ")))
    return _MODULE.format(route=wanted.route, tests="".join(tests))


def _call(wanted: Wanted, visitor: str, path: str, name: str = "A name") -> str:
    body = f', json={{"name": "{name}"}}' if wanted.has_body else ""
    return f'{visitor}.call("{wanted.route.method}", "{path}"{body})'
