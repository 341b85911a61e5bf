"""Raw samples into a FLAC file that is proven to hold them. Imported by children only."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from vivavoce.audio.spool import sync_folder, write_all
from vivavoce.errors import DiskError, SoundFileError
from vivavoce.text import clean

_KEPT = "The raw recording is kept and will be offered again."


def finish(spool: Path, rate: int, audio: Path) -> NDArray[np.int16]:
    """Write `audio` from a spool of 16-bit samples, whole or not at all, and return the samples; the spool stays.

    The file is decoded again and compared before it gets its name, and its name is on the disk when this returns.
    Raises DiskError, or SoundFileError where the spool is missing or holds nothing.
    """
    samples = _spooled(spool)
    part = audio.with_name(audio.name + ".part")
    try:
        _write(part, _encoded(samples, rate))
        if _fingerprint(_decoded(part)) != _fingerprint(samples):
            raise DiskError("The recording was written, and something else was read back.", f"Check the disk. {_KEPT}")
        os.replace(part, audio)
        sync_folder(audio.parent)
    except OSError as error:
        reason = clean(error.strerror or type(error).__name__)
        raise DiskError(
            f"The recording cannot be written to {clean(str(audio.parent))}: {reason}.", f"Make room there. {_KEPT}"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return samples


def _spooled(spool: Path) -> NDArray[np.int16]:
    try:
        data = spool.read_bytes()
    except OSError as error:
        reason = clean(error.strerror or type(error).__name__)
        raise SoundFileError(f"The raw recording cannot be read: {reason}.", "Record the answer again.") from error
    if len(data) < 2:
        raise SoundFileError("The recording holds no sound.", "Record the answer again.")
    return np.frombuffer(data[: len(data) // 2 * 2], "<i2")  # a crash may leave half a sample at the end


def _encoded(samples: NDArray[np.int16], rate: int) -> bytes:
    """In memory: libsndfile would not say that the disk is full, `os.write` does."""
    memory = io.BytesIO()
    try:
        soundfile.write(memory, samples, rate, format="FLAC", subtype="PCM_16")
    except (RuntimeError, ValueError) as error:
        raise SoundFileError(f"The recording cannot be made a FLAC file at {rate} Hz.", _KEPT) from error
    return memory.getvalue()


def _write(part: Path, data: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _decoded(part: Path) -> NDArray[np.int16]:
    try:
        samples, _ = soundfile.read(io.BytesIO(part.read_bytes()), dtype="int16")
    except (RuntimeError, ValueError):
        return np.zeros(0, np.int16)
    return np.asarray(samples, np.int16)


def _fingerprint(samples: NDArray[np.int16]) -> bytes:
    return hashlib.sha256(samples.astype("<i2").tobytes()).digest()
