"""Known sounds, and finding them again."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 48_000
Samples = NDArray[np.int16]


def noise(seconds: float, seed: int = 7, level: float = 3000.0) -> Samples:
    """No stretch of it is like another one, so that its place can be told to the sample; never 0."""
    values = np.random.default_rng(seed).standard_normal(int(seconds * RATE)) * level
    rounded = np.clip(np.rint(values), -32000, 32000)
    return np.where(rounded == 0, 1, rounded).astype("<i2")


def tone(seconds: float, hertz: float, rate: int = RATE) -> NDArray[np.float32]:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def wav(path: Path, samples: NDArray[Any], rate: int = RATE) -> Path:
    soundfile.write(path, samples, rate, subtype="PCM_16", format="WAV")
    return path


def raw(path: Path) -> Samples:
    data = path.read_bytes()
    return np.frombuffer(data[: len(data) // 2 * 2], "<i2")


def place(heard: Samples, known: Samples) -> int:
    """Where `known` begins in what was heard, by its first eight samples."""
    windows = np.lib.stride_tricks.sliding_window_view(heard, 8)
    found = np.flatnonzero((windows == known[:8]).all(axis=1))
    assert len(found) == 1, f"found {len(found)} times in {len(heard)} frames"
    return int(found[0])


def longest_prefix(heard: Samples, known: Samples) -> int:
    """How many frames of `known` were heard, in order and exactly, to the end of what was heard."""
    begin = place(heard, known)
    part = heard[begin : begin + len(known)]
    assert np.array_equal(part, known[: len(part)])
    return len(part)


async def until(condition: Any, seconds: float = 30.0) -> None:
    """Wait for something that must come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        await asyncio.sleep(0.01)


async def flowing(recording: Any, seconds: float = 0.0) -> None:
    """Wait until so many seconds are recorded."""
    await until(lambda: recording.level is not None and recording.level.seconds >= seconds)
