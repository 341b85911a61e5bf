"""Known answers: spoken by espeak-ng, written as the sound server plays them without touching a sample."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

RATE = 48000


def speak(text: str, wav: Path, *, voice: str = "en-us", rate: int = 160, lead: float = 0.0) -> NDArray[np.int16]:
    """Speak into a 48 kHz mono 16-bit WAV, `lead` seconds of silence first; the samples."""
    command = ["espeak-ng", "-v", voice, "-s", str(rate), "--stdout", text]
    raw = subprocess.run(command, capture_output=True, check=True, timeout=30).stdout[44:]
    spoken = soxr.resample(np.frombuffer(raw, np.int16).astype(np.float32) / 32768, 22050, RATE)
    samples = np.concatenate([np.zeros(int(lead * RATE), np.float32), spoken])
    fixed = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    soundfile.write(wav, fixed, RATE, subtype="PCM_16")
    return fixed


def voiced(samples: NDArray[np.int16]) -> tuple[float, float]:
    """Seconds of the first and the last loud sample."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 600)
    return loud[0] / RATE, loud[-1] / RATE


def found_exactly(needle: NDArray[np.int16], haystack: NDArray[np.int16]) -> int | None:
    """Where these very samples stand in a recording; None where they do not."""
    start = int(np.flatnonzero(needle)[0])
    probe = needle[start : start + 64]
    for at in np.flatnonzero(haystack[: len(haystack) - len(probe) + 1] == probe[0]):
        if np.array_equal(haystack[at : at + 64], probe):
            first = int(at) - start
            if first >= 0 and np.array_equal(haystack[first : first + len(needle)], needle):
                return first
    return None


def likeness(needle: NDArray[np.float32], haystack: NDArray[np.float32]) -> float:
    """The highest normalised cross-correlation of a sound with any stretch of another, 0 to 1."""
    size = len(needle) + len(haystack)
    product = np.fft.irfft(np.fft.rfft(haystack, size) * np.conj(np.fft.rfft(needle, size)), size)[: len(haystack)]
    energy = _running_energy(haystack, len(needle))
    scale = np.sqrt(np.sum(needle.astype(np.float64) ** 2) * np.maximum(energy, energy.max() * 1e-3))
    return float(np.max(product / scale))


def _running_energy(haystack: NDArray[np.float32], width: int) -> NDArray[np.float64]:
    total = np.concatenate([[0.0], np.cumsum(haystack.astype(np.float64) ** 2)])
    ends = np.minimum(np.arange(len(haystack)) + width, len(haystack))
    return np.asarray(total[ends] - total[: len(haystack)])
