"""Every function in this process, called by events in the shapes of both faces."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from local.stytch.state import sandbox
from tests.security.description import Operation, example_of, read_operations
from tests.security.people import People, Person
from tests.security.rules import Expected
from tests.security.services import Services
from tests.security.site import TRIES
from tests.support import events
from tests.support.events import ClientContext, LambdaContext

# What has to be sent so that an operation goes all the way.
QUERIES = {"authenticate": {"token": sandbox.LINK_TOKEN}}

Headers = Mapping[str, str]
Result = dict[str, Any]


class Deadline(LambdaContext):
    """The context of an invocation that begins now."""

    def __init__(self, client_context: ClientContext | None, timeout_seconds: float) -> None:
        super().__init__(client_context=client_context)
        self._ends_at = time.monotonic() + timeout_seconds

    def get_remaining_time_in_millis(self) -> int:
        return int((self._ends_at - time.monotonic()) * 1000)


class OwnFunctions:
    """The handlers, and the people who call them. A process has one: settings are its own."""

    def __init__(self, services: Services) -> None:
        """Read the functions with these services; what they log is not wanted."""
        self._identity_url = services.identity_url
        self._timeout_seconds = services.timeout_seconds
        os.environ.update(services.environment)
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - as long as the process
        operations = read_operations()
        names = {operation.function for operation in operations}
        self._handlers = {
            name: importlib.import_module(f"functions.{name}").handler for name in names
        }
        self._makers = {one.path: one for one in operations if one.method == "POST"}
        self.operations = {one.path: one for one in operations if one.method == "GET"}
        self.people = People(
            services.store, services.store, services.site_url, lambda _person: None
        )
        self._owner = self.people.new("netlify", "admin")

    def invoke(self, function: str, event: Any, client_context: ClientContext | None) -> Result:
        """The function's result for any event."""
        result: Result = self._handlers[function](
            event, Deadline(client_context, self._timeout_seconds)
        )
        return result

    def call(
        self,
        operation: Operation,
        face: str,
        headers: Headers,
        person: Person | None = None,
        path: str | None = None,
    ) -> Result:
        """The result of a request that fits the description; a body names the person's provider."""
        body = example_of(operation.body) if operation.body else None
        if person and body and "provider" in body:
            body["provider"] = person.provider
        return self.send(operation, face, headers, person, path, body and json.dumps(body))

    def send(
        self,
        operation: Operation,
        face: str,
        headers: Headers,
        person: Person | None,
        path: str | None,
        body: str | None,
    ) -> Result:
        """The result of a request with this body."""
        query = QUERIES.get(operation.name) or {
            name: example_of(schema) for name, schema in operation.query
        }
        shape = events.netlify if face == "Netlify" else events.http_api
        named = {name.lower(): value for name, value in headers.items()}
        target = f"/api{path or operation.path}"
        event = shape(operation.method, target, urlencode(query), body, named)
        context = self.client_context(person) if face == "Netlify" else None
        return self.invoke(operation.function, event, context)

    def path_with_a_row(self, operation: Operation, person: Person | None) -> str:
        """The path, with the id of a new row of somebody else's; 1 where no operation makes one.

        A row of a user has the person's provider.
        """
        if "{" not in operation.path:
            return operation.path
        maker = self._makers.get(operation.collection)
        owner = {"Authorization": f"Bearer {self._owner.jwt}"}
        row = self._new_row(maker, owner, person) if maker else 1
        return re.sub(r"\{\w+\}", str(row), operation.path)

    def _new_row(self, maker: Operation, owner: Headers, person: Person | None) -> int:
        for _ in range(TRIES):
            made = self.call(maker, "AWS", owner, person)
            if made["statusCode"] == 201:
                return int(json.loads(made["body"])["id"])
        raise RuntimeError(f"no row could be made: {made}")

    def client_context(self, person: Person | None) -> ClientContext:
        """As Netlify's gateway makes it, with the claims of an Identity user."""
        operator = self.people.operator_token()
        content: dict[str, Any] = {"identity": {"url": self._identity_url, "token": operator}}
        if person and person.provider == "netlify":
            content["user"] = self.people.claims(person)
        context = events.context_of_netlify(content).client_context
        assert context
        return context


def answered(result: Result) -> Expected:
    """The status of a function's result and, of a problem document, the code and the step."""
    content_type = result.get("headers", {}).get("content-type", "")
    problem = json.loads(result["body"]) if "problem" in content_type else {}
    return Expected(result["statusCode"], problem.get("code"), problem.get("step"))
