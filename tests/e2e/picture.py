"""The picture in the README, made from the running program: `python -m tests.e2e.picture docs/review.svg`.

Real parts throughout: a private sound server, espeak-ng, the recorder, Whisper's own code on the small checkpoint.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from tests.e2e import sound_server, speech
from tests.e2e.program import MICRO
from vivavoce.model import Kind
from vivavoce.settings import Settings, folders
from vivavoce.tui.app import VivaApp
from vivavoce.wiring import Workplace

SENTENCES = (
    "um my greatest strength is that i listen before i act",
    "i made a mistake and um i told my manager the same day",
    "um i stayed calm under pressure",
)
"""The small checkpoint hears these right every time, one by one."""

PAUSE = 3.2
"""Seconds between them: the recogniser then takes each by itself."""


def answer(wav: Path) -> float:
    """An answer of known sentences with pauses; its seconds."""
    pieces = []
    for number, sentence in enumerate(SENTENCES):
        pieces += [
            speech.speak(sentence, wav.with_suffix(f".{number}.wav")),
            np.zeros(int(PAUSE * speech.RATE), np.int16),
        ]
    soundfile.write(wav, np.concatenate(pieces), speech.RATE, subtype="PCM_16")
    return sum(map(len, pieces)) / speech.RATE


async def main(target: Path, folder: Path) -> None:
    """Answer one question and take the picture."""
    seconds = answer(folder / "answer.wav")
    locations = folders(folder / "data", os.environ)
    locations.create()
    settings = Settings(microphone=str(folder / "answer.wav"), model=str(MICRO), kinds=(Kind.QUICK_FIRE,), questions=1)
    desk = Workplace.open(locations, settings)
    app = VivaApp(desk, sitting=desk.sitting())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause(seconds + 1)
        await pilot.press("space")
        for _ in range(120):
            await pilot.pause(0.5)
            if "pressure" in app.export_screenshot():
                break
        await pilot.pause(0.5)
        target.write_text(app.export_screenshot(), encoding="utf-8")
    await desk.close()


if __name__ == "__main__":
    server = sound_server.start()
    os.environ.update(server.env)
    try:
        with tempfile.TemporaryDirectory() as name:
            asyncio.run(main(Path(sys.argv[1]), Path(name)))
    finally:
        server.close()
