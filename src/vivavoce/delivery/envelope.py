"""The level of the speech band over time. Needs numpy: only child processes import this."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FRAME = 0.025
"""Seconds of one frame."""

HOP = 0.010
"""Seconds between two frames."""

QUIETEST = -120.0
"""dB that stand for exact silence."""

_BAND = (200.0, 3800.0)
"""Hertz: below are hum and rumble, above is hiss; vowels and most consonants lie in between."""

SMOOTH = 5
"""Frames that are averaged."""

_BLOCK = 2000
"""Frames that are transformed at a time: five minutes at 48 kHz would take 600 MB at once."""


def envelope(samples: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """Decibels (full scale) of 200 to 3800 Hz, one value each 10 ms; empty for less than one frame of samples."""
    width = int(FRAME * rate)
    if len(samples) < width or HOP * rate < 1:
        return np.empty(0)
    windows = np.lib.stride_tricks.sliding_window_view(samples, width)
    starts = np.arange(0, len(windows), HOP * rate).astype(np.intp)  # at 22050 Hz a hop is 220.5 samples
    window = np.hanning(width).astype(np.float32)
    frequencies = np.fft.rfftfreq(width, 1 / rate)
    inside = (frequencies >= _BAND[0]) & (frequencies <= _BAND[1])
    scale = 2 / (width * float(np.sum(window**2)))  # Parseval: the sum over the band is the mean square of the frame
    power = np.empty(len(starts))
    for at in range(0, len(starts), _BLOCK):
        spectrum = np.fft.rfft(windows[starts[at : at + _BLOCK]] * window, axis=1)[:, inside]
        power[at : at + _BLOCK] = np.sum(np.abs(spectrum) ** 2, axis=1) * scale
    levels = 10 * np.log10(np.maximum(power, 10 ** (QUIETEST / 10)))
    return np.convolve(np.pad(levels, SMOOTH // 2, mode="edge"), np.ones(SMOOTH) / SMOOTH, "valid")
