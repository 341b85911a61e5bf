"""The child's side: read messages from the parent, send answers, keep everything else out of the pipe."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO

from vivavoce.children.codec import Codec, Failed
from vivavoce.errors import VivaError


class Parent:
    """The process that started this one. `send` may be called from any thread."""

    def __init__(self, codec: Codec, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._codec = codec
        self._incoming = incoming
        self._outgoing = outgoing
        self._one_at_a_time = threading.Lock()

    @classmethod
    def meet(cls, *requests: type[Any]) -> Parent:
        """Set this process up as a child that understands these requests.

        Files are private from here on; Ctrl+C and a closed terminal are the parent's business; standard input and
        output belong to the messages alone: whatever a library prints goes to the log, whatever it wants to read is
        empty, and what it starts inherits neither.
        """
        os.umask(0o077)
        for name in ("SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        return cls(Codec(*requests), incoming, outgoing)

    def messages(self) -> Iterator[Any]:
        """What the parent says, one after the other; the end means that the parent is gone or wants no more."""
        for line in self._incoming:
            yield self._codec.decode(line)

    def send(self, message: object) -> bool:
        """Tell the parent; False where it is gone (a child with something to save goes on saving it)."""
        line = memoryview(Codec.encode(message))
        try:
            with self._one_at_a_time:
                while line:
                    line = line[self._outgoing.write(line) :]
        except (BrokenPipeError, OSError):
            return False
        return True

    def fail(self, error: VivaError) -> bool:
        """Tell the parent what went wrong, as the error that it will raise."""
        return self.send(Failed(type(error).__name__, error.sentence, error.remedy))
