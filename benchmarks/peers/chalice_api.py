"""Chalice. It knows the events of REST APIs only."""

import time

import job
from chalice import Chalice, Response

app = Chalice(app_name="peer")


@app.route("/api/issues")
def list_issues():
    begun, person = _begin()
    query = app.current_request.query_params
    rows = job.find_issues(person, query["status"], int(query["limit"]))
    rows = [job.with_texts(row) for row in rows]
    _log(200, person, begun)
    return rows


@app.route("/api/issues", methods=["POST"])
def create_issue():
    begun, person = _begin()
    row = job.with_texts(job.create_issue(person, app.current_request.json_body["title"]))
    _log(201, person, begun)
    return Response(row, status_code=201)


@app.route("/api/me")
def get_me():
    begun, person = _begin()
    job.note_visit(person)
    _log(200, person, begun)
    return person


def _begin():
    return time.perf_counter(), job.who(app.current_request.headers["authorization"])


def _log(status, person, begun):
    request = app.current_request
    request_id = app.lambda_context.aws_request_id
    job.log(request_id, request.method, request.path, status, person, begun)


handler = app
