"""The level of a running recording."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from vivavoce.model import Gap
from vivavoce.ports import Level

SILENCE = -120.0
"""dBFS that stand for exact silence; one sample of 1 in a second is -137, but it is the tenth that is measured."""

_FULL = 32768.0
_ABOVE = 9.0
"""Decibels above the quietest tenth so far at which a sound may be a voice."""
_SURE = -35.0
"""dBFS that are taken for a voice however loud the quietest tenth is: people begin without a moment's silence."""
_FAINT = -60.0
"""dBFS under which nothing is taken for a voice."""
_TENTHS = 3
"""Of a second, one after the other: the click of a key fills one."""


def decibels(amplitude: float) -> float:
    """Amplitude (0 to 1) in dBFS, at least SILENCE."""
    return max(SILENCE, 20 * math.log10(amplitude)) if amplitude > 0 else SILENCE


class Meter:
    """Takes 16-bit samples in any portions and keeps the latest Level."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._tenth = rate // 10
        self._waiting = np.zeros(0, np.int16)
        self._frames = 0
        self._zeros = 0
        self._clipped = 0
        self._rms = self._peak = self._loudest = SILENCE
        self._quietest = 0.0
        self._loud = 0
        self._voice: float | None = None

    @property
    def clipped(self) -> int:
        """Samples at full scale so far."""
        return self._clipped

    def level(self, gaps: tuple[Gap, ...] = ()) -> Level:
        """What is known now."""
        return Level(
            seconds=self._frames / self._rate,
            rms=self._rms,
            peak=self._peak,
            zeros=self._zeros / self._rate,
            clipped=self._clipped,
            voice=self._voice,
            loudest=self._loudest,
            gaps=gaps,
        )

    def add(self, samples: NDArray[np.int16], expected: bool = False) -> None:
        """Take the next samples; `expected` silence (a sound file that is over) is not counted as zeros."""
        nonzero = np.flatnonzero(samples)
        trailing = len(samples) - 1 - int(nonzero[-1]) if len(nonzero) else self._zeros + len(samples)
        self._zeros = 0 if expected else trailing
        self._clipped += int(np.count_nonzero((samples == 32767) | (samples == -32768)))
        self._waiting = np.concatenate((self._waiting, samples))
        self._frames += len(samples)
        while len(self._waiting) >= self._tenth:
            self._measure(self._waiting[: self._tenth].astype(np.float64) / _FULL)
            self._waiting = self._waiting[self._tenth :]

    def _measure(self, tenth: NDArray[np.float64]) -> None:
        self._rms = decibels(math.sqrt(float(np.mean(tenth**2))))
        self._peak = decibels(float(np.max(np.abs(tenth))))
        self._loudest = max(self._loudest, self._rms)
        if self._rms > SILENCE:  # a muted beginning says nothing about the room
            self._quietest = min(self._quietest, self._rms)
        self._loud = self._loud + 1 if self._rms >= max(_FAINT, min(_SURE, self._quietest + _ABOVE)) else 0
        if self._voice is None and self._loud == _TENTHS:
            behind = len(self._waiting) - self._tenth
            self._voice = max(0.0, (self._frames - behind) / self._rate - _TENTHS / 10)
