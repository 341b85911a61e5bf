"""The terminal and the log: what C libraries and crashes print must reach neither the screen nor a stranger."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def is_terminal() -> bool:
    """Whether a full-screen program can be drawn: a real terminal on both ends that knows how to move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def when_told(told: Callable[[], object], *signals: str) -> None:
    """Call `told` on the running loop when one of these signals comes, as far as this system and thread have them."""
    loop = asyncio.get_running_loop()
    for name in signals:
        # Windows has no SIGHUP and no handlers on its loop; threads other than the main one may set none
        with suppress(AttributeError, NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(getattr(signal, name), told)


class _Terminal(io.FileIO):
    """A terminal that may be gone; what is written to it then is lost, and nothing else is.

    A closed terminal sends SIGHUP and SIGCONT. Textual takes the second for "go on" and starts another thread that
    draws; were that to die of its first write, the end of the program would wait for it for ever (2 of 8 times).
    """

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


@contextmanager
def chatter_to(log: Path) -> Iterator[None]:
    """Whatever C code writes to stderr goes to the log while this lasts.

    Textual draws to `sys.__stderr__`, so that gets a handle of its own on the terminal first: one line of a sound
    library on file descriptor 2 would overwrite the screen, and Textual could not know.
    """
    terminal = os.dup(2)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    onto = io.BufferedWriter(_Terminal(terminal, "w", closefd=False))
    drawn, sys.__stderr__ = sys.__stderr__, io.TextIOWrapper(onto, encoding="utf-8", errors="replace")  # type: ignore[misc]
    os.dup2(file, 2)
    os.close(file)
    try:
        yield
    finally:
        with suppress(OSError):
            sys.__stderr__.flush()
        os.dup2(terminal, 2)
        os.close(terminal)
        sys.__stderr__ = drawn  # type: ignore[misc]


def note_crash(log: Path, error: BaseException) -> None:
    """Write where it happened, without the values of variables: those may be somebody's answer."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    line = f"{datetime.now(UTC).isoformat()} {type(error).__name__}\n{frames}"
    with suppress(OSError):
        file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(file, line.encode("utf-8", "replace"))
        os.close(file)
