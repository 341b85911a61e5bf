"""How a take becomes words, whichever engine listens: cut at pauses, piece by piece, brought in line with the sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from vivavoce.engines.pieces import plan
from vivavoce.engines.timeline import fit
from vivavoce.model import Sound, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 16000
"""Samples per second that both engines want."""


class Listener(Protocol):
    """An engine with its model loaded."""

    def words(self, samples: NDArray[np.float32]) -> tuple[Word, ...]:
        """What is said in these samples (one channel, 16 kHz, -1 to 1); times from their start."""


def listen(
    listener: Listener, samples: NDArray[np.float32], sound: Sound, tell: Callable[[float], object]
) -> tuple[Word, ...]:
    """The words of a take of 16 kHz samples; `tell` hears the share that is done after every piece."""
    heard: list[Word] = []
    for piece in plan(sound):
        part = samples[round(piece.start * RATE) : round(piece.end * RATE)]
        heard += [
            replace(word, start=word.start + piece.start, end=word.end + piece.start) for word in listener.words(part)
        ]
        tell(min(1.0, piece.end / sound.seconds))
    tell(1.0)
    return fit(heard, sound)
