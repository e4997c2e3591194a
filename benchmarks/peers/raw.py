"""No framework: the handler reads the event and answers."""

import json
import time

import job


def handler(event, context):
    begun = time.perf_counter()
    method, route = event["requestContext"]["http"]["method"], event["rawPath"]
    person = job.who(event["headers"]["authorization"])
    status = 200
    if (method, route) == ("GET", "/api/issues"):
        query = event["queryStringParameters"]
        rows = job.find_issues(person, query["status"], int(query["limit"]))
        answer = [job.with_texts(row) for row in rows]
    elif (method, route) == ("POST", "/api/issues"):
        status = 201
        answer = job.with_texts(job.create_issue(person, json.loads(event["body"])["title"]))
    else:
        job.note_visit(person)
        answer = person
    job.log(context.aws_request_id, method, route, status, person, begun)
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(answer),
    }
