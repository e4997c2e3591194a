"""A server's batches as Vitess v25 answers them: it divides the packet and ends it at an error.

Vitess pull request 20988: blanks and semicolons at the end are nothing; a comment at the end is a
statement with an empty result; an empty statement between two semicolons is error 1064, in turn.
The statements themselves run on the real server behind.
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

_QUERY = b"\x03"
_OK, _END, _ERROR = b"\x00", b"\xfe", b"\xff"
_MORE_RESULTS = 0x0008
_EMPTY_RESULT = b"\x00\x00\x00\x02\x00\x00\x00"
_SYNTAX_ERROR = b"\xff" + struct.pack("<H", 1064) + b"#42000syntax error near ';'"
_TOKEN = re.compile(
    rb"""'(?:\\.|''|[^'\\])*'|"(?:\\.|""|[^"\\])*"|`[^`]*`|--\s[^\n]*|/\*.*?\*/|.""", re.S
)
_COMMENT = re.compile(rb"--\s|/\*")


def divided(batch: bytes) -> list[bytes]:
    """The statements of a batch; an empty one is b""."""
    statements = [b""]
    for token in _TOKEN.findall(batch.rstrip(b" \t\r\n;")):
        if token == b";":
            statements.append(b"")
        else:
            statements[-1] += token
    return [statement.strip() for statement in statements]


def is_comment(statement: bytes) -> bool:
    """Whether nothing but comments is in it."""
    tokens = _TOKEN.findall(statement)
    return bool(tokens) and all(not token.strip() or _COMMENT.match(token) for token in tokens)


class VitessBatches:
    """Stands between MySQL clients and the Unix socket of a server."""

    def __init__(self, server_socket: str) -> None:
        self._server_socket = server_socket
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._accept)
        self._thread.start()

    def close(self) -> None:
        """Accept nobody any more, and wait until the last client has hung up."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError, EOFError):
                    server.connect(self._server_socket)
                    _Session(_Wire(client), _Wire(server)).run()


class _Wire:
    """Packets of MySQL's protocol, which number themselves anew with each command."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        self._reader = stream.makefile("rb")
        self.number = 0

    def read(self) -> bytes:
        head = self._reader.read(4)
        if len(head) < 4:
            raise EOFError
        self.number = head[3] + 1
        return self._reader.read(int.from_bytes(head[:3], "little"))

    def write(self, packet: bytes) -> None:
        self._stream.sendall(
            len(packet).to_bytes(3, "little") + bytes([self.number % 256]) + packet
        )
        self.number += 1


class _Session:
    """One client's connection."""

    def __init__(self, client: _Wire, server: _Wire) -> None:
        self._client = client
        self._server = server

    def run(self) -> None:
        self._log_in()
        while True:
            command = self._client.read()
            for answer in self._answers(command):
                self._client.write(answer)

    def _log_in(self) -> None:
        while True:
            packet = self._server.read()
            self._client.number = self._server.number - 1
            self._client.write(packet)
            if packet[:1] == _OK:
                return
            if packet[:1] != b"\x01" or packet[1:2] != b"\x03":
                self._server.number = self._client.number
                self._server.write(self._client.read())

    def _answers(self, command: bytes) -> Iterator[bytes]:
        if command[:1] != _QUERY:
            yield from self._ask(command)
            return
        statements = divided(command[1:])
        for statement in statements:
            is_last = statement is statements[-1]
            for packet in self._results(statement):
                yield packet if is_last else _with_more_results(packet)
                if packet[:1] == _ERROR:
                    return

    def _results(self, statement: bytes) -> Iterator[bytes]:
        if not statement:
            yield _SYNTAX_ERROR
        elif is_comment(statement):
            yield _EMPTY_RESULT
        else:
            yield from self._ask(_QUERY + statement)

    def _ask(self, command: bytes) -> Iterator[bytes]:
        """The packets of the server's one result."""
        self._server.number = 0
        self._server.write(command)
        packet = self._server.read()
        yield packet
        if packet[:1] in (_OK, _ERROR):
            return
        ends = 0
        while ends < 2:
            packet = self._server.read()
            ends += packet[:1] == _END and len(packet) == 5
            yield packet
            if packet[:1] == _ERROR:
                return


def _with_more_results(packet: bytes) -> bytes:
    """The same packet, of a result after which another one comes."""
    at = _place_of_status(packet)
    if at is None:
        return packet
    status = int.from_bytes(packet[at : at + 2], "little") | _MORE_RESULTS
    return packet[:at] + status.to_bytes(2, "little") + packet[at + 2 :]


def _place_of_status(packet: bytes) -> int | None:
    if packet[:1] == _END and len(packet) == 5:
        return 3
    if packet[:1] != _OK:
        return None
    at = 1
    for _ in range(2):  # rows changed, last id: of as many bytes as their first one says
        at += {0xFC: 3, 0xFD: 4, 0xFE: 9}.get(packet[at], 1)
    return at
