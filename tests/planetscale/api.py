"""PlanetScale's API, as far as `make deploy-db` and docs/deploy.md call it through pscale.

The forms are those that planetscale/cli of August 2026 reads, `internal/planetscale`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.planetscale.branches import Branch, Branches
from tests.planetscale.deploy_requests import NOW, DeployRequests, Unprocessable
from tests.planetscale.edge import Edge
from tests.planetscale.http_service import Answer, Request
from tests.planetscale.passwords import Password, Passwords
from tests.planetscale.schema_lint import lint

ORGANIZATION, DATABASE = "acme", "latchkey"
TOKEN_ID, TOKEN = "servicetoken", "pscale_tkn_of_the_tests"


class Refused(Exception):
    """An answer other than 200: the code and the message are the API's."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Call(NamedTuple):
    """What is asked of a route: the words of its path, and the JSON of its body."""

    words: Sequence[str]
    body: Mapping[str, Any]


class Api:
    """Answers requests; `failing` makes those fail whose method and path it matches."""

    def __init__(self, branches: Branches, passwords: Passwords, edge: Edge, host: str) -> None:
        self.failing = ""
        self.asked: list[str] = []
        self.deploy_requests = DeployRequests(branches)
        self._branches = branches
        self._passwords = passwords
        self._edge = edge
        self._host = host  # of the edge
        self._starting: set[str] = set()  # branches that nobody has asked for yet
        routes: dict[str, Callable[[Call], Any]] = {
            "GET ": lambda _: {"data": [{"name": ORGANIZATION}]},
            "GET {db}": lambda _: {"name": DATABASE, "kind": "mysql", "state": "ready"},
            "GET {db}/branches": self._list_branches,
            "POST {db}/branches": self._create_branch,
            "GET {db}/branches/{}": lambda call: self._as_json(self._branch(call)),
            "DELETE {db}/branches/{}": self._delete_branch,
            "POST {db}/branches/{}/safe-migrations": self._enable_safe_migrations,
            "GET {db}/branches/{}/schema": self._schema,
            "GET {db}/branches/{}/schema/lint": self._lint,
            "POST {db}/branches/{}/passwords": self._create_password,
            "DELETE {db}/branches/{}/passwords/{}": self._delete_password,
            "POST {db}/branches/{}/passwords/{}/renew": self._renew_password,
            "GET {db}/deploy-requests": self._list_deploy_requests,
            "POST {db}/deploy-requests": self._create_deploy_request,
            "GET {db}/deploy-requests/{}": lambda call: self._deploy_request(call, "show"),
            "GET {db}/deploy-requests/{}/diff": self._diff,
            "POST {db}/deploy-requests/{}/deploy": lambda call: self._deploy_request(
                call, "deploy"
            ),
            "POST {db}/deploy-requests/{}/revert": lambda call: self._deploy_request(
                call, "revert"
            ),
            "POST {db}/deploy-requests/{}/skip-revert": lambda call: self._deploy_request(
                call, "skip_revert"
            ),
        }
        self._routes = [(_pattern(route), answer) for route, answer in routes.items()]

    def answer(self, request: Request) -> Answer:
        try:
            return _json(200, self._answer(request))
        except Refused as refused:
            return _json(refused.status, {"code": refused.code, "message": str(refused)})
        except Unprocessable as refused:
            return _json(422, {"code": "unprocessable", "message": str(refused)})

    def _answer(self, request: Request) -> Any:
        asked = f"{request.method} {request.path.removeprefix('/v1/organizations')}"
        self.asked.append(asked)
        if request.headers.get("authorization") != f"{TOKEN_ID}:{TOKEN}":
            raise Refused(401, "unauthorized", "The access token is invalid")
        if self.failing and re.search(self.failing, asked):
            raise Refused(503, "service_unavailable", "The service is unavailable")
        for pattern, answer in self._routes:
            if found := pattern.fullmatch(asked):
                return answer(Call(found.groups(), json.loads(request.body or b"{}")))
        raise _not_found()

    def _branch(self, call: Call) -> Branch:
        if call.words[0] not in self._branches:
            raise _not_found()
        return self._branches[call.words[0]]

    def _as_json(self, branch: Branch) -> dict[str, Any]:
        """The first look at a new branch finds it not ready."""
        is_ready = branch.name not in self._starting
        self._starting.discard(branch.name)
        return {
            "id": branch.name,
            "name": branch.name,
            "parent_branch": branch.parent,
            "ready": is_ready,
            "production": not branch.parent,
            "safe_migrations": branch.safe_migrations,
            "html_url": f"https://app.planetscale.com/{ORGANIZATION}/{DATABASE}/{branch.name}",
            "created_at": NOW,
            "updated_at": NOW,
        }

    def _list_branches(self, _call: Call) -> Any:
        return {"data": [self._as_json(branch) for branch in self._branches.all()]}

    def _create_branch(self, call: Call) -> Any:
        name, parent = call.body["name"], call.body["parent_branch"] or "main"
        if name in self._branches:
            raise Refused(422, "unprocessable", "Name has already been taken")
        if parent not in self._branches:
            raise _not_found()
        self._starting.add(name)
        return self._as_json(self._branches.create(name, parent))

    def _delete_branch(self, call: Call) -> Any:
        self._branches.delete(self._branch(call).name)
        return {}

    def _enable_safe_migrations(self, call: Call) -> Any:
        branch = self._branch(call)
        if lint(branch.url):
            raise Unprocessable("The schema has errors")
        branch.safe_migrations = True
        return self._as_json(branch)

    def _schema(self, call: Call) -> Any:
        definitions = self._branch(call).definitions().items()
        return {"data": [{"name": name, "raw": text, "html": ""} for name, text in definitions]}

    def _lint(self, call: Call) -> Any:
        return {"data": [error._asdict() for error in lint(self._branch(call).url)]}

    def _create_password(self, call: Call) -> Any:
        branch, body = self._branch(call), call.body
        password = self._passwords.create(
            branch.name, body.get("role", "admin"), body["name"], body.get("ttl", 0)
        )
        return {**self._about(password), "plain_text": password.plain_text}

    def _renew_password(self, call: Call) -> Any:
        return self._about(self._password(call))

    def _delete_password(self, call: Call) -> Any:
        password = self._password(call)
        self._passwords.delete(password)
        self._edge.hang_up(password)
        return {}

    def _password(self, call: Call) -> Password:
        password = self._passwords.find(call.words[1])
        if password is None:
            raise _not_found()
        return password

    def _about(self, password: Password) -> dict[str, Any]:
        return {
            "id": password.id,
            "name": password.name,
            "role": password.role,
            "access_host_url": self._host,
            "username": password.username,
            "ttl_seconds": password.ttl_seconds,
            "renewable": True,
            "created_at": NOW,
        }

    def _list_deploy_requests(self, _call: Call) -> Any:
        requests = self.deploy_requests
        return {"data": [requests.as_json(request) for request in requests.all()]}

    def _create_deploy_request(self, call: Call) -> Any:
        body = call.body
        if not {body["branch"], body["into_branch"]} <= {one.name for one in self._branches.all()}:
            raise _not_found()
        request = self.deploy_requests.create(body["branch"], body["into_branch"], body["notes"])
        return self.deploy_requests.as_json(request)

    def _deploy_request(self, call: Call, action: str) -> Any:
        try:
            request = getattr(self.deploy_requests, action)(int(call.words[0]))
        except (IndexError, ValueError):
            raise _not_found() from None
        return self.deploy_requests.as_json(request)

    def _diff(self, call: Call) -> Any:
        change = self.deploy_requests[int(call.words[0])].change
        return {
            "data": [{"name": one, "raw": change.diff(one), "html": ""} for one in change.tables]
        }


def _pattern(route: str) -> re.Pattern[str]:
    """`{db}` is the path of the database, and `{}` a word."""
    path = route.replace("{db}", f"/{ORGANIZATION}/databases/{DATABASE}")
    return re.compile(path.replace("{}", "([^/]+)"))


def _not_found() -> Refused:
    return Refused(404, "not_found", "Not Found")


def _json(status: int, content: Any) -> Answer:
    return Answer(status, "application/json", json.dumps(content).encode())
