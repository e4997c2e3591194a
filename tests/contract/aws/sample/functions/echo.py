"""Answers what it was given: the event, the context and the process it runs in."""

import os

INVOCATIONS = []


def handler(event, context):
    INVOCATIONS.append(context.aws_request_id)
    client_context = context.client_context
    return {
        "event": event,
        "custom": client_context.custom if client_context else None,
        "request_id": context.aws_request_id,
        "arn": context.invoked_function_arn,
        "memory": context.memory_limit_in_mb,
        "remaining_ms": context.get_remaining_time_in_millis(),
        "environment": dict(os.environ),
        "directory": os.getcwd(),
        "pid": os.getpid(),
        "invocations": len(INVOCATIONS),
    }
