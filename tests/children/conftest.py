"""Real child processes that run the small programs beside this file."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.children.programs.messages import News, Said
from vivavoce.children import Child, Codec

ROOT = Path(__file__).parents[2]
PACKAGE = "tests.children.programs"
CODEC = Codec(Said, News)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "viva.log"


@pytest.fixture
def kin() -> dict:
    """What every way to start a child is told, so that it runs a program of the tests."""
    return {"package": PACKAGE, "environment": {"PYTHONPATH": str(ROOT)}}


@pytest.fixture
async def start(log: Path, kin: dict):
    """Start one of the programs; it is killed at the end of the test."""
    children: list[Child] = []

    async def one(program: str, codec: Codec = CODEC, **environment: str) -> Child:
        told = {**kin, "environment": {**kin["environment"], **environment}}
        children.append(await Child.start(program, codec, log, **told))
        return children[-1]

    yield one
    for child in children:
        await child.kill()


@pytest.fixture
def gone() -> Callable[[int], bool]:
    """True once a process is no more: neither running nor a zombie."""

    def look(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False

    return look


@pytest.fixture
def eventually():
    """Wait until something holds; a minute is patience, not a measurement."""
    import asyncio

    async def wait(holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not holds():
                await asyncio.sleep(0.02)

    return wait


Start = Callable[..., Awaitable[Child]]
