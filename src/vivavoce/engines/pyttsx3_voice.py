"""Speech by pyttsx3, inside a fresh child process for every sentence.

Measured with pyttsx3 2.99 on espeak-ng 1.51: `runAndWait` returns before longer texts are done, settings made through
the engine are lost in 3 of 100 runs, a second utterance in one process loses rate and pitch or crashes. One process per
sentence, settings straight on the driver and waiting for both the event and the file was right in 120 of 120 runs.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyttsx3

from vivavoce.engines.messages import Speak

_PATIENCE = 18.0
"""Seconds; less than the parent waits, so that it is told why."""

_SETTLE = 0.1
"""Seconds between the settings and the text; without them espeak sometimes speaks at its default rate."""


def speak(request: Speak) -> str:
    """Write the target; the id of the voice that was used. Raises whatever the engine raises, and TimeoutError."""
    engine = pyttsx3.init(request.driver or None)
    done = threading.Event()
    engine.connect("finished-utterance", lambda **_: done.set())
    preferred = request.voices.get(engine.driver_name, ())
    if engine.driver_name == "espeak":
        voice = _set_up_espeak(engine.proxy._driver, request, preferred)  # see the docstring above
    else:
        voice = _set_up(engine, request, preferred)
    engine.save_to_file(request.text, request.target)
    engine.runAndWait()
    _wait(done, Path(request.target))
    return voice


def voices(driver: str) -> tuple[str, ...]:
    """The ids of all voices of this driver."""
    return tuple(str(voice.id) for voice in pyttsx3.init(driver or None).getProperty("voices"))


def _set_up_espeak(driver: Any, request: Speak, preferred: tuple[str, ...]) -> str:
    driver.setProperty("rate", request.rate)
    driver.setProperty("pitch", request.pitch)
    chosen = ""
    for voice in preferred:
        with suppress(ValueError):  # espeak refuses a voice that it does not have
            driver.setProperty("voice", voice)
            chosen = voice
            break
    time.sleep(_SETTLE)
    return chosen


def _set_up(engine: Any, request: Speak, preferred: tuple[str, ...]) -> str:
    engine.setProperty("rate", request.rate)
    present = {str(voice.id) for voice in engine.getProperty("voices")} if preferred else set()
    chosen = next((voice for voice in preferred if voice in present), "")
    if chosen:
        engine.setProperty("voice", chosen)
    return chosen


def _wait(done: threading.Event, target: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while not (done.is_set() and target.exists()):
        if time.monotonic() > until:
            raise TimeoutError("the engine did not finish")
        time.sleep(0.02)
