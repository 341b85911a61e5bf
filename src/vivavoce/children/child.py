"""The main process's side: start a child, talk to it, end it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vivavoce import errors
from vivavoce.children.codec import Codec, Failed
from vivavoce.errors import ChildError, VivaError
from vivavoce.text import clean

_LONGEST_LINE = 64 * 1024 * 1024
"""Bytes; asyncio's own 64 KiB would cut the transcript of a long answer."""

PROGRAMS = "vivavoce.programs"
"""The package whose modules are run."""

_AGAIN = "Try again; `viva doctor` tells more."


def raised(failed: Failed) -> VivaError:
    """The error that a child reported."""
    kind = getattr(errors, failed.kind, ChildError)
    if not (isinstance(kind, type) and issubclass(kind, VivaError)):
        kind = ChildError
    return kind(failed.sentence, failed.remedy)


class Child:
    """One running child program. All methods belong to the event loop that started it."""

    def __init__(self, program: str, process: asyncio.subprocess.Process, codec: Codec) -> None:
        assert process.stdin is not None and process.stdout is not None, "children are started with pipes"
        self._program = program
        self._process = process
        self._input = process.stdin
        self._output = process.stdout
        self._codec = codec

    @classmethod
    async def start(
        cls,
        program: str,
        codec: Codec,
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        package: str = PROGRAMS,
    ) -> Child:
        """Run `<package>.<program>`; `codec` decodes its answers, `log` takes its stderr. Raises ChildError."""
        try:
            return cls(program, await _process(f"{package}.{program}", log, environment), codec)
        except OSError as error:
            reason = clean(error.strerror or type(error).__name__)
            raise ChildError(f"The {program} cannot be started ({reason}).", _AGAIN) from error

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.returncode

    async def send(self, message: object, within: float | None = None) -> None:
        """Raises ChildError where it is gone, or does not read for `within` seconds (it is then killed)."""
        try:
            self._input.write(Codec.encode(message))
            async with asyncio.timeout(within):  # wait_for would swallow a cancellation (Python 3.11)
                await self._input.drain()
        except TimeoutError as error:
            raise await self._silent() from error
        except (BrokenPipeError, ConnectionError, RuntimeError) as error:
            raise self._gone() from error

    async def receive(self, within: float | None = None) -> Any:
        """Its next message; `Failed` is raised as the error it names.

        Raises ChildError when it dies, speaks nonsense, or says nothing for `within` seconds (it is then killed).
        """
        try:
            async with asyncio.timeout(within):
                line = await self._output.readline()
            message = self._codec.decode(line) if line else None
        except TimeoutError as error:
            raise await self._silent() from error
        except ValueError as error:
            await self.kill()
            raise self._gone() from error
        if message is None:
            await self.close()  # it may have closed its end and live on
            raise self._gone()
        if isinstance(message, Failed):
            raise raised(message)
        return message

    async def close(self, within: float = 5.0) -> None:
        """End its input, wait for it, and kill it after `within` seconds."""
        self._input.close()
        try:
            async with asyncio.timeout(within):
                await self._drained()
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """End it at once, and with it whatever it has started."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)  # it leads a group of its own
                else:
                    self._process.kill()
        await self._drained()

    async def _drained(self) -> None:
        """Wait for its end; what it still says is read away, or a full pipe would keep it from ending."""
        with suppress(RuntimeError):  # somebody is receiving, and reads it away
            while await self._output.read(65536):
                pass
        await self._process.wait()
        self._input.close()
        with suppress(ConnectionError):  # what it never read
            await self._input.wait_closed()

    async def _silent(self) -> ChildError:
        await self.kill()
        return ChildError(f"The {self._program} did not answer.", _AGAIN)

    def _gone(self) -> ChildError:
        return ChildError(f"The {self._program} ended unexpectedly.", _AGAIN)


async def _process(module: str, log: Path, environment: Mapping[str, str] | None) -> asyncio.subprocess.Process:
    chatter = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # a stray `queue.py` in the folder where somebody works must not be imported
            "-m",
            module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=chatter,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
    finally:
        os.close(chatter)


async def ask(
    program: str,
    request: object,
    codec: Codec,
    log: Path,
    *,
    within: float,
    environment: Mapping[str, str] | None = None,
    package: str = PROGRAMS,
) -> Any:
    """One question to a fresh child, one answer within so many seconds, then its end."""
    child = await Child.start(program, codec, log, environment=environment, package=package)
    try:
        await child.send(request, within)
        return await child.receive(within)
    finally:
        await child.kill() if child.status is None else await child.close()
