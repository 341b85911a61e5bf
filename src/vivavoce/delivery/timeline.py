"""A take at a glance: where somebody speaks, in one line of text."""

from __future__ import annotations

from vivavoce.model import Filler, Sound, Transcript

SPEECH, PAUSE, NOTHING = "▇", "·", " "


def timeline(sound: Sound, width: int) -> str:
    """The whole recording in `width` characters: speech, pauses, and nothing before and after the answer."""
    if sound.voice is None or width < 1 or sound.seconds <= 0:
        return NOTHING * max(width, 0)
    step = sound.seconds / width
    return "".join(_mark(sound, (column + 0.5) * step) for column in range(width))


def _mark(sound: Sound, at: float) -> str:
    assert sound.voice is not None, "the caller has looked"
    if not sound.voice.start <= at <= sound.voice.end:
        return NOTHING
    return PAUSE if any(pause.start < at < pause.end for pause in sound.pauses) else SPEECH


def mark(transcript: Transcript, fillers: tuple[Filler, ...] | None) -> list[tuple[str, bool]]:
    """Each word as written, and whether it belongs to a filler."""
    filling = {index for filler in fillers or () for index in range(filler.first, filler.last + 1)}
    return [(word.text, index in filling) for index, word in enumerate(transcript.words)]
