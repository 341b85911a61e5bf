"""A program for tests: the app on a desk of fakes in the terminal that it was started in; its exit status is honest."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.fakes import FakeDesk
from vivavoce import terminal
from vivavoce.practice import State
from vivavoce.tui.app import run_app


async def main(folder: Path, what: str) -> int:
    desk = FakeDesk(folder)
    desk.microphone.pace = 1

    async def break_down() -> tuple[State, ...]:
        raise RuntimeError(what.upper())

    if what == "broken":
        desk.states = break_down
    try:
        with terminal.chatter_to(desk.locations.log):
            return await run_app(desk, desk.sitting() if what == "answering" else None)
    finally:
        (folder / "takes").write_text(str(len(desk.parts.archive.history())))
        await desk.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), sys.argv[2])))
