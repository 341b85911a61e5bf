"""Slower and faster with the pitch kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_HOP = 0.015
"""Seconds between two frames of the output; a frame is twice as long and holds two periods of a deep voice (80 Hz)."""
_SEARCH = 0.008
"""Seconds to look back and forth for a frame that fits: together more than one period of a deep voice."""


def stretch(samples: NDArray[np.float32], rate: int, speed: float) -> Iterator[NDArray[np.float32]]:
    """The same mono sound at `speed` times its speed, in pieces of any length, `len(samples) / speed` frames in all.

    WSOLA: each output frame is the piece of input near its proper place that best continues the frame before it
    (Verhelst and Roelands, ICASSP 1993). Speed 1 gives the samples themselves.
    """
    if speed == 1.0:
        yield samples
        return
    hop, search = round(_HOP * rate), round(_SEARCH * rate)
    left = max(1, round(len(samples) / speed))
    window = np.hanning(2 * hop + 1)[:-1].astype(np.float32)  # two halves add up to one
    padded = np.concatenate((np.zeros(hop + search), samples, np.zeros(4 * hop + 2 * search))).astype(np.float32)
    place = search  # of a first frame that is silence for one half
    tail = padded[place : place + 2 * hop] * window
    step = 0
    while left > 0:
        step += 1
        ideal = search + round(step * hop * speed) - round(hop * (speed - 1))
        place = _best(padded, place + hop, ideal - search, hop, 2 * search)
        frame = padded[place : place + 2 * hop] * window
        piece = tail[hop:] + frame[:hop]
        tail = frame
        yield piece[:left]
        left -= len(piece)


def _best(padded: NDArray[np.float32], wanted: int, first: int, length: int, lags: int) -> int:
    """Where, from `first` for so many lags, the input is most like what stands at `wanted`."""
    first = min(max(first, 0), len(padded) - 2 * length - lags)
    wanted = min(wanted, len(padded) - 2 * length)
    region = padded[first : first + length + lags]
    likeness = np.correlate(region, padded[wanted : wanted + length], "valid")
    sums = np.concatenate(([0.0], np.cumsum(region.astype(np.float64) ** 2)))
    energy = sums[length:] - sums[:-length]
    return first + int(np.argmax(likeness / np.sqrt(np.maximum(energy, 0.0) + 1e-9)))
