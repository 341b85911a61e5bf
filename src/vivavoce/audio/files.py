"""Sound files into arrays. Imported by children only: numpy, libsndfile and soxr are heavy, and can crash."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from vivavoce.errors import SoundFileError
from vivavoce.text import clean

_BLOCK = 1 << 18
"""Frames read at a time: a damaged header may promise 2**63 of them."""

_REMEDY = "Give a WAV, FLAC, OGG or MP3 file that other programs can play."


def read(
    path: Path, rate: int | None = None, *, start: float = 0.0, end: float | None = None
) -> tuple[NDArray[np.float32], int]:
    """Mono samples in -1 to 1 of any sound file, or of a stretch of it in seconds, with their rate.

    Resampled (soxr, high quality) where another `rate` is wanted. Samples of 16 bit come through exactly: `pcm16` gives
    them back. Raises SoundFileError for what is missing, damaged, cut short, empty or not sound.
    """
    if not path.is_file():  # neither a folder, nor a pipe that would be waited for
        raise SoundFileError(f"There is no sound file {clean(str(path))}.", _REMEDY)
    try:
        with path.open("rb") as opened, soundfile.SoundFile(opened) as file:
            samples = _mono(file, start, end)
            own_rate = int(file.samplerate)
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        reason = clean(str(getattr(error, "error_string", "") or error)).rstrip(".")
        raise SoundFileError(f"The sound file {clean(path.name)} cannot be read: {reason}.", _REMEDY) from error
    if not len(samples):
        raise SoundFileError(f"The sound file {clean(path.name)} holds no sound there.", _REMEDY)
    if not np.isfinite(samples).all():
        raise SoundFileError(f"The sound file {clean(path.name)} holds values that are no sound.", _REMEDY)
    if rate is None or rate == own_rate:
        return samples, own_rate
    return np.asarray(soxr.resample(samples, own_rate, rate), np.float32), rate


def _mono(file: soundfile.SoundFile, start: float, end: float | None) -> NDArray[np.float32]:
    file.seek(min(round(start * file.samplerate), file.frames))
    wanted = file.frames if end is None else round(end * file.samplerate)
    left = min(wanted, file.frames) - file.tell()
    blocks = [np.zeros(0, np.float32)]
    while left > 0:
        block = file.read(min(left, _BLOCK), dtype="float32", always_2d=True)
        if not len(block):
            if file.format == "MP3":  # without a header that tells, its length is a guess
                break
            raise ValueError("it is cut short")
        blocks.append(block.mean(axis=1, dtype=np.float32))
        left -= len(block)
    return np.concatenate(blocks)


def pcm16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """The nearest 16-bit samples; what is beyond full scale is clipped."""
    return np.asarray(np.clip(np.rint(samples * 32768.0), -32768, 32767), "<i2")
