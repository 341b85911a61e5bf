"""Whether a WAV file is whole, and whether it can hold what was to be said. Standard library only."""

from __future__ import annotations

import wave
from pathlib import Path

SHORTEST = 0.15
"""Seconds; a failed synthesis leaves a file shorter than any word."""

_FASTEST = 0.3
"""Share of the time that the words should take at their rate. Short words are spoken up to twice as fast as the
average that the rate counts, so what is shorter than this was cut."""


def seconds(path: Path) -> float:
    """How long a whole WAV file lasts. Raises ValueError for one that is cut or no WAV file, OSError without one."""
    try:
        with path.open("rb") as file, wave.open(file) as sound:
            frames, width = sound.getnframes(), sound.getnchannels() * sound.getsampwidth()
            present = len(sound.readframes(frames))
            length = float(frames / sound.getframerate())
    except (wave.Error, EOFError, ZeroDivisionError) as error:
        raise ValueError(f"no WAV file: {type(error).__name__}") from error
    if present != frames * width or not frames:
        raise ValueError(f"{present} bytes of sound where {frames * width} were promised")
    return length


def spoken_seconds(path: Path, text: str, rate: int) -> float:
    """The same for speech that was just made; ValueError too where it is too short for `text` at `rate` words/min."""
    length = seconds(path)
    least = max(SHORTEST, _FASTEST * len(text.split()) * 60 / rate)
    if length < least:
        raise ValueError(f"{length:.2f} s of speech where at least {least:.2f} s were expected")
    return length
