"""Which function a debugger attaches to: DEBUG names it, and DEBUG_PORT the port."""

from __future__ import annotations

from collections.abc import Mapping

from local import aws
from local.kit.ports import Listener
from local.settings import port_of

# The setting, and the port that debugpy's users expect and .vscode/launch.json has.
DEFAULT_PORT = ("DEBUG_PORT", 5678)
PART = "debugger"


class DebugError(ValueError):
    """DEBUG names no function; the message lists them."""


def wanted_port(environ: Mapping[str, str], template: aws.Template) -> dict[str, int]:
    """Return the debugger's port by its part, nothing where DEBUG is not set.

    Raises DebugError, and SettingsError for a DEBUG_PORT that is no port.
    """
    name = environ.get("DEBUG")
    if not name:
        return {}
    names = sorted(function.name for function in template.functions)
    if name not in names:
        raise DebugError(f"DEBUG={name!r} is no function. Write one of: {', '.join(names)}.")
    return {PART: port_of(environ, *DEFAULT_PORT)}


def debugging_at(
    listeners: Mapping[str, Listener], environ: Mapping[str, str]
) -> aws.Debugging | None:
    """Return which function to debug, and the port that was found free for it.

    The port is left: debugpy itself binds it, in each new process of the function.
    """
    if PART not in listeners:
        return None
    for held in listeners[PART].sockets:
        held.close()
    return aws.Debugging(environ["DEBUG"], listeners[PART].port)
