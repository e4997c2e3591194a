"""Starlette, behind Mangum, by hand."""

import time

import job
from mangum import Mangum
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


async def list_issues(request):
    begun, person = _begin(request)
    query = request.query_params
    rows = job.find_issues(person, query["status"], int(query["limit"]))
    rows = [job.with_texts(row) for row in rows]
    _log(request, 200, person, begun)
    return JSONResponse(rows)


async def create_issue(request):
    begun, person = _begin(request)
    row = job.with_texts(job.create_issue(person, (await request.json())["title"]))
    _log(request, 201, person, begun)
    return JSONResponse(row, 201)


async def get_me(request):
    begun, person = _begin(request)
    job.note_visit(person)
    _log(request, 200, person, begun)
    return JSONResponse(person)


def _begin(request):
    return time.perf_counter(), job.who(request.headers["authorization"])


def _log(request, status, person, begun):
    request_id = request.scope["aws.context"].aws_request_id
    job.log(request_id, request.method, request.scope["path"], status, person, begun)


app = Starlette(
    routes=[
        Route("/api/issues", list_issues),
        Route("/api/issues", create_issue, methods=["POST"]),
        Route("/api/me", get_me),
    ]
)
handler = Mangum(app, lifespan="off")
