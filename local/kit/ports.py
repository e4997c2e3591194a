"""Sockets on loopback ports: the wanted port, or the next free one."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass

HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Listener:
    """Holds the sockets of one port: 127.0.0.1, and ::1 where the machine has it."""

    wanted: int
    port: int
    sockets: tuple[socket.socket, ...]

    @property
    def moved(self) -> bool:
        """Tell whether another program had the wanted port."""
        return self.wanted not in (0, self.port)


class NoFreePort(OSError):
    """Every port from the wanted one upwards is taken."""


def claim_ports(wanted: Mapping[str, int]) -> dict[str, Listener]:
    """Bind a port for each name: the wanted one, or the next free one that nobody here wants.

    Port 0 means any free port. Raises NoFreePort.
    """
    listeners: dict[str, Listener] = {}
    for name, port in wanted.items():
        with contextlib.suppress(OSError):
            listeners[name] = _listen(port, wanted=port)
    for name, port in wanted.items():
        if name not in listeners:
            listeners[name] = _next_free(port)
    return {name: listeners[name] for name in wanted}


def _next_free(wanted: int) -> Listener:
    for port in range(wanted + 1, HIGHEST_PORT + 1):
        with contextlib.suppress(OSError):
            return _listen(port, wanted=wanted)
    raise NoFreePort(errno.EADDRINUSE, f"no free port from {wanted} upwards")


def _listen(port: int, *, wanted: int) -> Listener:
    with contextlib.ExitStack() as undo:
        sockets = [undo.enter_context(bound_socket("127.0.0.1", port))]
        chosen: int = sockets[0].getsockname()[1]
        if _has_ipv6_loopback():
            sockets.append(undo.enter_context(bound_socket("::1", chosen)))
        undo.pop_all()
    return Listener(wanted=wanted, port=chosen, sockets=tuple(sockets))


def bound_socket(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 means any free one. Raises OSError for one in use.

    asyncio turns Nagle's algorithm off (and its 40 ms with it) only for a socket whose protocol is
    named, so that `socket.create_server` will not do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def is_free(port: int) -> bool:
    """Tell whether nobody listens on this port of 127.0.0.1."""
    try:
        bound_socket("127.0.0.1", port).close()
    except OSError:
        return False
    return True


def _has_ipv6_loopback() -> bool:
    """Tell whether ::1 can be bound; containers often lack it."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
