"""The event handler of Powertools for AWS Lambda."""

import time

import job
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

app = APIGatewayHttpResolver()


@app.get("/api/issues")
def list_issues():
    begun, person = _begin()
    query = app.current_event.query_string_parameters
    rows = job.find_issues(person, query["status"], int(query["limit"]))
    rows = [job.with_texts(row) for row in rows]
    _log(200, person, begun)
    return rows


@app.post("/api/issues")
def create_issue():
    begun, person = _begin()
    row = job.with_texts(job.create_issue(person, app.current_event.json_body["title"]))
    _log(201, person, begun)
    return row, 201


@app.get("/api/me")
def get_me():
    begun, person = _begin()
    job.note_visit(person)
    _log(200, person, begun)
    return person


def _begin():
    return time.perf_counter(), job.who(app.current_event.headers["authorization"])


def _log(status, person, begun):
    event = app.current_event
    request_id = app.lambda_context.aws_request_id
    job.log(request_id, event.http_method, event.path, status, person, begun)


def handler(event, context):
    return app.resolve(event, context)
