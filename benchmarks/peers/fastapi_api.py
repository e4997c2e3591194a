"""FastAPI, behind Mangum: its own validation of what comes, and its own JSON of what goes."""

import time
from datetime import UTC, datetime
from typing import Annotated

import job
from fastapi import Depends, FastAPI, Header, Request
from mangum import Mangum
from pydantic import AfterValidator, BaseModel

Time = Annotated[datetime, AfterValidator(lambda moment: moment.replace(tzinfo=UTC))]
app = FastAPI()


class NewIssue(BaseModel):
    title: str


class Issue(BaseModel):
    id: int
    title: str
    status: str
    assignee_id: str
    assignee_name: str
    assignee_email: str
    created_at: Time
    updated_at: Time


class CreatedIssue(Issue):
    message: str


class Me(BaseModel):
    id: str
    provider: str
    email: str
    name: str
    roles: list[str]


async def member(request: Request, authorization: Annotated[str, Header()]):
    request.state.begun = time.perf_counter()
    return job.who(authorization)


Member = Annotated[dict, Depends(member)]


@app.get("/api/issues")
async def list_issues(request: Request, person: Member, status: str, limit: int) -> list[Issue]:
    rows = job.find_issues(person, status, limit)
    _log(request, 200, person)
    return rows


@app.post("/api/issues", status_code=201)
async def create_issue(request: Request, person: Member, issue: NewIssue) -> CreatedIssue:
    row = job.create_issue(person, issue.title)
    _log(request, 201, person)
    return row


@app.get("/api/me")
async def get_me(request: Request, person: Member) -> Me:
    job.note_visit(person)
    _log(request, 200, person)
    return person


def _log(request, status, person):
    request_id = request.scope["aws.context"].aws_request_id
    route = request.scope["route"].path
    job.log(request_id, request.method, route, status, person, request.state.begun)


handler = Mangum(app, lifespan="off")
