"""Subtitles for the recording: cues from word times."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from vivavoce.model import Review, Word

_LONGEST = 7.0
"""Seconds of one cue (Netflix's and the BBC's guides end between 6 and 7)."""

_LETTERS = 84
"""Of one cue: two lines of 42."""

_GAP = 1.0
"""Seconds of silence over which no cue goes on."""


def srt(reviews: Sequence[Review]) -> str:
    """SubRip; several takes one after the other, each with its own clock."""
    return "\n".join(_srt(review) for review in reviews)


def vtt(reviews: Sequence[Review]) -> str:
    """WebVTT; a note names each take."""
    return "WEBVTT\n\n" + "\n".join(f"NOTE {review.take.id}\n\n{_vtt(review)}" for review in reviews)


def _srt(review: Review) -> str:
    return "".join(
        f"{number}\n{_time(cue, ',')}\n{_text(cue)}\n\n" for number, cue in enumerate(_cues(_words(review)), 1)
    )


def _vtt(review: Review) -> str:
    return "".join(f"{_time(cue, '.')}\n{_escaped(_text(cue))}\n\n" for cue in _cues(_words(review)))


def _words(review: Review) -> tuple[Word, ...]:
    return review.transcript.words if review.transcript is not None else ()


def _cues(words: Sequence[Word]) -> Iterator[list[Word]]:
    cue: list[Word] = []
    for word in words:
        if cue and not _fits(cue, word):
            yield cue
            cue = []
        cue.append(word)
    if cue:
        yield cue


def _fits(cue: list[Word], word: Word) -> bool:
    letters = sum(len(other.text) + 1 for other in cue) + len(word.text)
    return word.start - cue[-1].end <= _GAP and word.end - cue[0].start <= _LONGEST and letters <= _LETTERS


def _text(cue: list[Word]) -> str:
    """At most two lines, and never the arrow that would start another cue."""
    return textwrap.fill(" ".join(word.text for word in cue), _LETTERS // 2 + 4).replace("-->", "—>")


def _time(cue: list[Word], point: str) -> str:
    return f"{_stamp(cue[0].start, point)} --> {_stamp(cue[-1].end, point)}"


def _stamp(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
