"""Waiting for a child without being deceived by the clock."""

from __future__ import annotations

import asyncio
from typing import Any

from vivavoce.children import Child
from vivavoce.errors import ChildError


async def received_within(child: Child, seconds: int) -> Any:
    """The child's next message; raises what it reports, or ChildError after so many seconds of silence (it is killed).

    The seconds are waited for one by one: when this program was stopped for a minute (Ctrl+Z) and goes on, that
    minute counts as one, and the child, which never stopped, is not taken for dead.
    """
    message = asyncio.ensure_future(child.receive())
    try:
        for _ in range(seconds):
            await asyncio.wait({message}, timeout=1.0)
            if message.done():
                return message.result()
    finally:
        if not message.done():
            message.cancel()
            await asyncio.wait({message})
    await child.kill()
    raise ChildError("A child process fell silent.", "Try again; `viva doctor` tells more.")
