"""Answers with the result that its JSON request body holds."""

import json


def handler(event, context):
    return json.loads(event["body"])
