"""Subtitles for the recording: cues from word times."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivavoce.model import Review, Span, Word

_LONGEST = 7.0
"""Seconds of one cue (Netflix's and the BBC's guides end between 6 and 7)."""

_LINE, _LINES = 42, 2
"""Letters of one line, and lines of one cue (the same guides)."""

_SHORTEST = 0.1
"""Seconds of one cue: recognisers give single words no length at all, and such a cue is never shown."""

_GAP = 1.0
"""Seconds of silence over which no cue goes on."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown, and when."""

    text: str
    span: Span

    def times(self, point: str) -> str:
        return f"{_stamp(self.span.start, point)} --> {_stamp(self.span.end, point)}"


def srt(reviews: Sequence[Review]) -> str:
    """SubRip. Several takes share one clock, as if played one right after the other."""
    cues = (cue for start, review in _in_a_row(reviews) for cue in _cues(review, start))
    return "".join(f"{number}\n{cue.times(',')}\n{cue.text}\n\n" for number, cue in enumerate(cues, 1))


def vtt(reviews: Sequence[Review]) -> str:
    """WebVTT, on the same clock; a note names each take."""
    return "WEBVTT\n\n" + "".join(_vtt(review, start) for start, review in _in_a_row(reviews))


def _vtt(review: Review, start: float) -> str:
    cues = (f"{cue.times('.')}\n{_escaped(cue.text)}\n\n" for cue in _cues(review, start))
    draft = ", rough draft" if review.transcript is not None and review.transcript.draft else ""
    return f"NOTE {_escaped(review.take.id)}{draft}\n\n" + "".join(cues)


def _in_a_row(reviews: Sequence[Review]) -> Iterator[tuple[float, Review]]:
    """Each review with the seconds of the recordings before it."""
    start = 0.0
    for review in reviews:
        yield start, review
        start += review.sound.seconds


def _cues(review: Review, start: float) -> Iterator[_Cue]:
    """Cues in the order of time; none begins before the one before it ended."""
    free = 0.0
    for words in _groups(review.transcript.words if review.transcript is not None else ()):
        begin = max(free, words[0].start)
        free = max(begin + _SHORTEST, min(words[-1].end, begin + _LONGEST))
        yield _Cue("\n".join(_lines(words)), Span(start + begin, start + free))


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in words:
        if not word.text.strip():
            continue  # an empty line would end its cue
        if group and not _fits(group, word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _fits(group: list[Word], word: Word) -> bool:
    near = word.start - group[-1].end <= _GAP and word.end - group[0].start <= _LONGEST
    return near and len(_lines([*group, word])) <= _LINES


def _lines(words: Sequence[Word]) -> list[str]:
    """The words in lines, never with the arrow that would start another cue."""
    return textwrap.wrap(" ".join(word.text for word in words).replace("-->", "—>"), _LINE)


def _stamp(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
