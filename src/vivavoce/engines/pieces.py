"""Where a take is cut for a recogniser: in pauses only, nothing decoded twice, silence left out.

Whisper looks at 30 s at a time. Cutting at pauses found by plain energy costs it less than a fixed grid (word error
rate 6.8 against 8.0 on Earnings-22, kestrel pull request 251) and leaves no doubled words to reconcile.
"""

from __future__ import annotations

from vivavoce.model import Pause, Sound, Span

SHORTEST = 12.0
"""Seconds from which on a pause may end a piece: short pieces give Whisper little context, and each costs as much
encoding as a long one."""

LONGEST = 28.0
"""Seconds within which a pause is looked for; a piece without one is longer, and Whisper finds its own way in it."""

SILENCE = 3.0
"""Seconds of a pause that ends a piece early: in long silences Whisper invents words and stretches their neighbours."""

SHORTEST_BEFORE_SILENCE = 4.0

MARGIN = 0.3
"""Seconds of silence kept on both sides of a piece, so that no first or last sound is lost."""


def plan(sound: Sound) -> tuple[Span, ...]:
    """The pieces of a take, in order and without overlap; none where nobody speaks."""
    if sound.voice is None:
        return ()
    pieces = []
    start, first = max(0.0, sound.voice.start - MARGIN), sound.voice.start
    while cut := _cut(sound.pauses, first, sound.voice.end):
        margin = min(MARGIN, cut.seconds / 2)
        pieces.append(Span(start, cut.start + margin))
        start, first = cut.end - margin, cut.end
    return (*pieces, Span(start, min(sound.seconds, sound.voice.end + MARGIN)))


def _cut(pauses: tuple[Pause, ...], start: float, end: float) -> Pause | None:
    """The pause that ends the piece: a silence, the longest in reach, or the next; None where the rest is one piece."""
    silences = (pause for pause in pauses if pause.seconds >= SILENCE)
    silence = next((pause for pause in silences if pause.start >= start + SHORTEST_BEFORE_SILENCE), None)
    if silence is not None and silence.start <= start + LONGEST:
        return silence
    if end - start <= LONGEST:
        return None
    late = [pause for pause in pauses if pause.start >= start + SHORTEST]
    near = [pause for pause in late if pause.start <= start + LONGEST]
    return max(near, key=lambda pause: pause.seconds) if near else next(iter(late), None)
