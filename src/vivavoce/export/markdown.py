"""Markdown, in which nothing from outside is ever obeyed: no image, no link, no HTML comes out of a question pack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vivavoce.model import Review

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$:=@])")


def escaped(text: str) -> str:
    """Nothing but the text itself, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def text(reviews: Sequence[Review]) -> str:
    """A heading per take, its figures as a table, its words as a paragraph."""
    return "\n\n".join("\n".join(_lines(review)) for review in reviews) + "\n"


def _lines(review: Review) -> Iterator[str]:
    take = review.take
    yield f"## {escaped(take.question.text)}"
    yield ""
    yield f"{escaped(take.question.kind)}, {take.started:%Y-%m-%d %H:%M}, {escaped(take.capture.device)}"
    yield ""
    yield "| what | figure | in words |"
    yield "|---|---|---|"
    for remark in review.remarks:
        yield f"| {escaped(remark.about)} | {escaped(remark.figure)} | {escaped(remark.sentence)} |"
    yield ""
    yield _transcript(review)
    if take.note:
        yield ""
        yield f"> {escaped(take.note)}"


def _transcript(review: Review) -> str:
    if review.transcript is None:
        return "*Not transcribed yet.*"
    filling = {i for filler in review.delivery.fillers or () for i in range(filler.first, filler.last + 1)}
    words = (
        f"**{escaped(word.text)}**" if index in filling else escaped(word.text)
        for index, word in enumerate(review.transcript.words)
    )
    label = "*Rough draft: every second word may be wrong.* " if review.transcript.draft else ""
    return label + " ".join(words)
