"""Flask, behind apig-wsgi."""

import time

import job
from apig_wsgi import make_lambda_handler
from flask import Flask, g, jsonify, request

app = Flask(__name__)


@app.before_request
def begin():
    g.begun = time.perf_counter()
    g.person = job.who(request.headers["Authorization"])


@app.after_request
def log(response):
    request_id = request.environ["apig_wsgi.context"].aws_request_id
    route, status = request.url_rule.rule, response.status_code
    job.log(request_id, request.method, route, status, g.person, g.begun)
    return response


@app.get("/api/issues")
def list_issues():
    rows = job.find_issues(g.person, request.args["status"], request.args.get("limit", type=int))
    return jsonify([job.with_texts(row) for row in rows])


@app.post("/api/issues")
def create_issue():
    row = job.create_issue(g.person, request.get_json()["title"])
    return jsonify(job.with_texts(row)), 201


@app.get("/api/me")
def get_me():
    job.note_visit(g.person)
    return jsonify(g.person)


handler = make_lambda_handler(app)
