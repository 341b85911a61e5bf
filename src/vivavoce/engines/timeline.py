"""A recogniser's words brought in line with the sound: pure functions.

Whisper's words have no gaps between them: a pause is glued to one of its neighbours, words come on silence, and the
prompt may come back as text. What the sound says about where somebody speaks is taken as true.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vivavoce.model import Sound, Span, Word
from vivavoce.text import clean

SHORTEST = 0.06
"""Seconds of the shortest word: three of Whisper's 20 ms steps."""

REACH = 0.1
"""Seconds by which a word may miss the voice that it belongs to; word times are true to 0.1 to 0.2 s at best."""

_ECHO = 3
"""Words of the prompt in its order that nobody says by chance."""


def fit(words: Iterable[Word], sound: Sound) -> tuple[Word, ...]:
    """The words that lie where somebody speaks, clipped to it; in order, apart and inside the take.

    A word over several voiced stretches belongs to the one that it overlaps most: inside a word there is no pause.
    """
    stretches = voiced(sound)
    cleaned = (replace(word, text=clean(word.text)) for word in words)
    clipped = [_clip(word, stretches) for word in cleaned if is_word(word.text)]
    return _apart([word for word in clipped if word is not None], sound.seconds)


def voiced(sound: Sound) -> tuple[Span, ...]:
    """Where somebody speaks: the voice less its pauses."""
    if sound.voice is None:
        return ()
    starts = (sound.voice.start, *(pause.end for pause in sound.pauses))
    ends = (*(pause.start for pause in sound.pauses), sound.voice.end)
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True) if end > start)


def is_word(text: str) -> bool:
    """False for what is only punctuation."""
    return any(unicodedata.category(character)[0] not in "PZ" for character in text)


def without_echo(words: Sequence[Word], prompt: str) -> tuple[Word, ...]:
    """The words of one piece without the prompt, where it came back: three or more of its words in its order."""
    wanted = [_plain(part) for part in prompt.split()]
    said = [_plain(word.text) for word in words]
    kept, at = [], 0
    while at < len(words):
        length = max((_common(said[at:], wanted[k:]) for k in range(len(wanted))), default=0)
        if length < _ECHO:
            kept.append(words[at])
        at += length if length >= _ECHO else 1
    return tuple(kept)


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def _common(said: Sequence[str], wanted: Sequence[str]) -> int:
    """How many leading words agree."""
    return next((i for i, (a, b) in enumerate(zip(said, wanted, strict=False)) if a != b), min(len(said), len(wanted)))


def _clip(word: Word, stretches: Sequence[Span]) -> Word | None:
    """The word inside its stretch, at least `SHORTEST` long where there is room; None for one that nobody spoke."""
    overlap, stretch = max(
        ((min(word.end, s.end) - max(word.start, s.start), s) for s in stretches),
        key=lambda pair: pair[0],
        default=(-1.0, None),
    )
    if stretch is None or overlap < -REACH:
        return None
    start = min(max(word.start, stretch.start), max(stretch.end - SHORTEST, stretch.start))
    end = max(min(word.end, stretch.end), start + SHORTEST)
    return replace(word, start=start, end=end)


def _apart(words: Sequence[Word], seconds: float) -> tuple[Word, ...]:
    """The words one after the other, none shorter than `SHORTEST`, none outside the take; those without room go."""
    forward: list[Word] = []
    for word in words[: int(seconds / SHORTEST)]:
        start = max(word.start, forward[-1].end if forward else 0.0)
        forward.append(replace(word, start=start, end=max(word.end, start + SHORTEST)))
    backward: list[Word] = []
    limit = seconds
    for word in reversed(forward):
        end = min(word.end, limit)
        limit = min(word.start, end - SHORTEST)
        backward.append(replace(word, start=limit, end=end))
    return tuple(reversed(backward))
