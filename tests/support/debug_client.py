"""A debugger: what an editor says to debugpy, in the Debug Adapter Protocol."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SECONDS = 30

Message = dict[str, Any]


class DebugClient:
    """One connection to a debugger's port; it waits for answers, and keeps nothing else."""

    def __init__(self, port: int) -> None:
        self._socket = connected(port)
        self._stream = self._socket.makefile("rb")
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def attach(self, file: Path, *lines: int) -> None:
        """Attach with breakpoints in a file, as an editor does; then the process goes on."""
        self.ask("initialize", adapterID="debugpy", clientID="tests")
        self._send("attach", name="Attach to a function", justMyCode=True)
        self._until(lambda message: message.get("event") == "initialized")
        self.set_breakpoints(file, *lines)
        self.ask("configurationDone")

    def set_breakpoints(self, file: Path, *lines: int) -> list[bool]:
        """Answer of each whether it is verified."""
        places = [{"line": line} for line in lines]
        answer = self.ask("setBreakpoints", source={"path": str(file)}, breakpoints=places)
        return [place["verified"] for place in answer["breakpoints"]]

    def wait_until_stopped(self) -> Message:
        """The frame in which the process has stopped; `threadId` is in it, too."""
        stopped = self._until(lambda message: message.get("event") == "stopped")["body"]
        frames = self.ask("stackTrace", threadId=stopped["threadId"])["stackFrames"]
        return dict(frames[0]) | {"threadId": stopped["threadId"]}

    def evaluate(self, expression: str, frame: Message) -> str:
        return str(self.ask("evaluate", expression=expression, frameId=frame["id"])["result"])

    def go_on(self, frame: Message) -> None:
        self.ask("continue", threadId=frame["threadId"])

    def detach(self) -> None:
        self.ask("disconnect", terminateDebuggee=False)

    def ask(self, command: str, **arguments: Any) -> Message:
        """The body of the answer."""
        number = self._send(command, **arguments)
        answer = self._until(lambda message: message.get("request_seq") == number)
        assert answer["success"], answer
        return dict(answer.get("body") or {})

    def _send(self, command: str, **arguments: Any) -> int:
        self._number += 1
        request = {"seq": self._number, "type": "request", "command": command}
        text = json.dumps({**request, "arguments": arguments}).encode()
        self._socket.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        return self._number

    def _until(self, is_wanted: Callable[[Message], bool]) -> Message:
        while not is_wanted(message := self._read()):
            assert message.get("success") is not False, message
        return message

    def _read(self) -> Message:
        length = 0
        while header := self._stream.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: Message = json.loads(self._stream.read(length))
        return message


def connected(port: int) -> socket.socket:
    """A connection, as soon as somebody listens there."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, f"nobody listens at {port}"
            time.sleep(0.05)
