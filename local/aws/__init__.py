"""AWS on one machine: Lambda, its Invoke API, and an HTTP API in front of it."""

from local.aws.debugging import Debugging
from local.aws.functions import Functions
from local.aws.http_api import http_api
from local.aws.invoke_api import invoke_api
from local.aws.template import Template, TemplateError, load_template

__all__ = [
    "Debugging",
    "Functions",
    "Template",
    "TemplateError",
    "http_api",
    "invoke_api",
    "load_template",
]
