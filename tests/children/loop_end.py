"""Every way in which a child can end, right before the loop does: `loop_end.py LOG`."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

from tests.children.conftest import CODEC, PACKAGE
from tests.children.programs.messages import Do, Said
from vivavoce.children import Child, Standing, ask
from vivavoce.errors import ChildError


async def closed(log: Path) -> None:
    child = await Child.start("awkward", CODEC, log, package=PACKAGE)
    await child.close()


async def killed(log: Path) -> None:
    child = await Child.start("awkward", CODEC, log, package=PACKAGE)
    await child.send(Do("sleep"))
    await child.kill()


async def died(log: Path) -> None:
    with suppress(ChildError):
        await ask("awkward", Do("be_killed"), CODEC, log, within=60, package=PACKAGE)


async def asked(log: Path) -> None:
    assert await ask("awkward", Do("say", "x"), CODEC, log, within=60, package=PACKAGE) == Said("x")


async def too_late(log: Path) -> None:
    with suppress(ChildError):
        await ask("deaf", Said("x" * 1_000_000), CODEC, log, within=0.1, package=PACKAGE)


async def stood(log: Path) -> None:
    standing = Standing("awkward", CODEC, log, package=PACKAGE)
    assert await standing.ask(Do("say", "x"), within=60) == Said("x")
    await standing.close()


if __name__ == "__main__":
    for ending in (closed, killed, died, asked, too_late, stood):
        asyncio.run(ending(Path(sys.argv[1])))
