"""A review to read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from vivavoce.model import Review

_WIDTH = 78


def text(reviews: Sequence[Review]) -> str:
    """One review after the other, a rule between them."""
    return f"\n{'-' * _WIDTH}\n\n".join("\n".join(_lines(review)) + "\n" for review in reviews)


def _lines(review: Review) -> Iterator[str]:
    take = review.take
    yield from textwrap.wrap(take.question.text, _WIDTH)
    if take.session:  # a sound file that was only analysed belongs to none, and answers no question of ours
        yield from textwrap.wrap(
            f"{take.question.kind}, {take.started:%Y-%m-%d %H:%M}, {take.capture.device}, take {take.id}", _WIDTH
        )
    yield ""
    for remark in review.remarks:
        start = f"{remark.about}: {remark.figure}".rstrip(": ")
        yield from textwrap.wrap(f"{start} – {remark.sentence}", _WIDTH, subsequent_indent="    ")
    yield ""
    yield from _transcript(review)
    if take.note:
        yield ""
        yield from textwrap.wrap(f"Note: {take.note}", _WIDTH)


def _transcript(review: Review) -> Iterator[str]:
    """The words with fillers between guillemets: that survives every terminal and every screen reader."""
    transcript = review.transcript
    if transcript is None:
        yield "Not transcribed yet."
        return
    if transcript.draft:
        yield "Rough draft: every second word may be wrong."
    fillers = review.delivery.fillers or ()
    opening = {filler.first for filler in fillers}
    closing = {filler.last for filler in fillers}
    marked = [
        f"{'«' if index in opening else ''}{word.text}{'»' if index in closing else ''}"
        for index, word in enumerate(transcript.words)
    ]
    yield from textwrap.wrap(" ".join(marked), _WIDTH) or ["No words were heard."]
