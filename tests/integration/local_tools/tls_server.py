"""A server that greets as MySQL does, and has TLS with a certificate that nobody vouches for."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pymysql.constants import CLIENT

SSL_REQUEST_BYTES = 36  # MySQL Client/Server Protocol, Protocol::SSLRequest, with its header


@contextmanager
def serving(certificate: Path | None) -> Iterator[str]:
    """The URL of a server that answers one connection; without a certificate it offers no TLS."""
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_answer, args=(listener, certificate))
    thread.start()
    yield f"mysql://ada:secret@127.0.0.1:{listener.getsockname()[1]}/latchkey"
    thread.join()
    listener.close()


def _answer(listener: socket.socket, certificate: Path | None) -> None:
    connection, _ = listener.accept()
    with connection, suppress(OSError):  # the client hangs up
        connection.sendall(_greeting(has_tls=certificate is not None))
        if certificate is None:
            connection.recv(1)
            return
        connection.recv(SSL_REQUEST_BYTES, socket.MSG_WAITALL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(1)


def _greeting(*, has_tls: bool) -> bytes:
    """Protocol::HandshakeV10."""
    tls = CLIENT.SSL if has_tls else 0
    flags = CLIENT.PROTOCOL_41 | CLIENT.SECURE_CONNECTION | CLIENT.PLUGIN_AUTH | tls
    payload = b"".join(
        [
            b"\x0a8.0.0\0",
            struct.pack("<I", 1),
            b"salt-of-\0",
            struct.pack("<HBHH", flags & 0xFFFF, 45, 2, flags >> 16),
            bytes([21]),
            bytes(10),
            b"twelve-bytes\0",
            b"mysql_native_password\0",
        ]
    )
    return struct.pack("<I", len(payload))[:3] + b"\0" + payload
