"""A long-lived child that is started when it is first needed and again whenever it has died."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vivavoce.children.child import PROGRAMS, Child
from vivavoce.children.codec import Codec
from vivavoce.errors import ChildError, VivaError


class Standing:
    """One job at a time; a job whose child died is given once more to a fresh one."""

    def __init__(
        self,
        program: str,
        codec: Codec,
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        package: str = PROGRAMS,
        tries: int = 2,
    ) -> None:
        self._program = program
        self._codec = codec
        self._log = log
        self._environment = environment
        self._package = package
        self._tries = tries
        self._child: Child | None = None
        self._turn = asyncio.Lock()
        self._closings = 0

    @property
    def pid(self) -> int | None:
        """The process id of the child that runs now, if one does."""
        return self._child.pid if self._child is not None and self._child.status is None else None

    async def ask(self, request: object, *, within: float | None, interim: Callable[[Any], bool] | None = None) -> Any:
        """The answer to one request.

        `interim` sees every message first and says whether it was only news on the way; `within` seconds may pass
        between two messages. Raises the error that the child reports, or ChildError after the last try.
        """
        closings = self._closings
        async with self._turn:
            for left in reversed(range(self._tries)):
                try:
                    child = await self._running(closings)
                    return await _job(child, request, within, interim)
                except ChildError:
                    await self._drop()
                    if not left or self._closings != closings:
                        raise
                except VivaError:
                    raise  # its honest answer: it is ready for the next job
                except BaseException:
                    await self._drop()  # cancelled: its answer would come to the next one who asks
                    raise
            raise AssertionError("unreachable: the last try returns or raises")

    async def _running(self, closings: int) -> Child:
        """The child, started where there is none; ChildError where `close` came after the question."""
        if self._closings == closings and (self._child is None or self._child.status is not None):
            await self._drop()
            self._child = await Child.start(
                self._program, self._codec, self._log, environment=self._environment, package=self._package
            )
        if self._child is None or self._closings != closings:
            raise ChildError(f"The {self._program} was ended.", "Ask again.")
        return self._child

    async def close(self) -> None:
        """End it; what it is doing is not waited for, and whoever waits for an answer gets a ChildError."""
        self._closings += 1
        await self._drop()

    async def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            with suppress(ChildError):
                await child.kill()


async def _job(child: Child, request: object, within: float | None, interim: Callable[[Any], bool] | None) -> Any:
    await child.send(request, within)
    message = await child.receive(within)
    while interim is not None and interim(message):
        message = await child.receive(within)
    return message
