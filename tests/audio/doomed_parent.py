"""A program that records until it is killed: `python doomed_parent.py SPOOL LOG`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from vivavoce.audio import DeviceMicrophone


async def main() -> None:
    recording = await DeviceMicrophone(Path(sys.argv[2])).record(Path(sys.argv[1]), 60)
    await recording.wait()


asyncio.run(main())
