"""A main process that will be killed while its child works: `doomed_parent.py LOG TARGET`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.children.conftest import CODEC, PACKAGE
from tests.children.programs.messages import Do
from vivavoce.children import Child


async def main(log: str, target: str) -> None:
    child = await Child.start("farewell", CODEC, Path(log), package=PACKAGE)
    await child.send(Do("save", target))
    await child.receive(60)
    print("ready", flush=True)
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
