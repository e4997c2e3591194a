"""How a function process is started: which runtime client runs it and what it finds around it."""

from __future__ import annotations

import importlib.util
import os
import platform
import signal
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

from local.aws.invocation import REGION, VERSION
from local.aws.template import Function
from local.kit.deathwatch import watched

OWN_CLIENT = Path(__file__).with_name("runtime_client.py")
# What a process needs of the developer's shell; everything else would hide a missing setting.
INHERITED = ("PATH", "HOME", "TMPDIR")


def aws_client_installed() -> bool:
    """Tell whether AWS's own runtime client can be used (it has wheels for Linux only)."""
    return importlib.util.find_spec("awslambdaric") is not None


def command(handler: str) -> list[str]:
    """Return the command of a process that serves `handler` and ends with this one."""
    if not aws_client_installed():
        return own_client_command(handler)
    return watched([sys.executable, "-m", "awslambdaric", handler], signal.SIGKILL)


def own_client_command(handler: str) -> list[str]:
    """Return the command of our own client, which notices by itself when this process ends."""
    return [sys.executable, "-P", str(OWN_CLIENT), handler]


def debugged_command(handler: str, port: int) -> list[str]:
    """Return the command of a client that first waits for a debugger, at 127.0.0.1:port.

    Python's own modules are not frozen into it, since debugpy could not stop in them.
    """
    client = ["-m", "awslambdaric"] if aws_client_installed() else [str(OWN_CLIENT)]
    address = f"127.0.0.1:{port}"
    debugpy = ["-m", "debugpy", "--listen", address, "--wait-for-client", *client, handler]
    return watched([sys.executable, "-P", "-X", "frozen_modules=off", *debugpy], signal.SIGKILL)


def environment(
    function: Function, code_root: Path, runtime_api: str, variables: Mapping[str, str]
) -> dict[str, str]:
    """Return all variables of a function process; `variables` win over the template's.

    The names are those of the AWS Lambda Developer Guide, "Defined runtime environment variables".
    """
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {
        **inherited,
        **function.environment,
        **variables,
        **_interpreter(code_root),
        **_platform(function, code_root, runtime_api),
    }


def _interpreter(code_root: Path) -> dict[str, str]:
    return {
        "LANG": "en_US.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",  # two edits within a second must not share a .pyc
        "PYTHONPATH": str(code_root),
        "PYTHONUTF8": "1",
        "TZ": ":UTC",
    }


def _platform(function: Function, code_root: Path, runtime_api: str) -> dict[str, str]:
    minor = ".".join(platform.python_version_tuple()[:2])
    return {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{minor}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": VERSION,
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_FORMAT": function.log_format,
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": _log_stream(),
        "AWS_LAMBDA_RUNTIME_API": runtime_api,
        "AWS_REGION": REGION,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_SESSION_TOKEN": "local",
        "LAMBDA_TASK_ROOT": str(code_root),
        "_HANDLER": function.handler,
    }


def _log_stream() -> str:
    return f"{time.strftime('%Y/%m/%d', time.gmtime())}/[{VERSION}]{uuid.uuid4().hex}"
