"""A row per take, for spreadsheets, which must not take a word for a formula (OWASP ASVS 5, 1.2.10)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from vivavoce.model import Review

_OBEYED = re.compile(r"\s*[=+\-@\t\r\n\0＝＋－＠]")
"""What makes a spreadsheet calculate, the full-width forms included, also after spaces."""

_COLUMNS = (
    "take",
    "session",
    "started",
    "kind",
    "question",
    "device",
    "ended",
    "recorded_s",
    "first_word_s",
    "answer_s",
    "speech_s",
    "length",
    "words",
    "pace_wpm",
    "speech_pace_wpm",
    "pace_is_estimated",
    "fillers",
    "fillers_per_minute",
    "pauses",
    "missing_s",
    "recogniser",
    "transcript",
    "note",
)


def safe(value: object) -> str:
    """A field as a spreadsheet may have it: text that would be obeyed gets an apostrophe, a number stays a number."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    text = str(value)
    return f"'{text}" if not isinstance(value, int) and _OBEYED.match(text) else text


def text(reviews: Sequence[Review]) -> str:
    """A header and a row per take, every field quoted; an absent figure is an empty field."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for review in reviews:
        row = _row(review)
        writer.writerow([safe(row[column]) for column in _COLUMNS])
    return output.getvalue()


def _row(review: Review) -> dict[str, object]:
    take, delivery, transcript = review.take, review.delivery, review.transcript
    return {
        "take": take.id,
        "session": take.session,
        "started": take.started.isoformat(timespec="seconds"),
        "kind": take.question.kind.value,
        "question": take.question.text,
        "device": take.capture.device,
        "ended": take.capture.ended.value,
        "recorded_s": take.capture.seconds,
        "first_word_s": delivery.first_word,
        "answer_s": delivery.answer,
        "speech_s": delivery.speech,
        "length": delivery.length.value if delivery.length is not None else None,
        "words": delivery.words,
        "pace_wpm": delivery.pace,
        "speech_pace_wpm": delivery.speech_pace,
        "pace_is_estimated": "yes" if delivery.estimated else "no",
        "fillers": len(delivery.fillers) if delivery.fillers is not None else None,
        "fillers_per_minute": delivery.fillers_per_minute,
        "pauses": len(delivery.pauses) if delivery.pauses is not None else None,
        "missing_s": float(sum(gap.missing for gap in take.capture.gaps)),
        "recogniser": f"{transcript.recogniser} {transcript.model}" if transcript is not None else None,
        "transcript": transcript.text if transcript is not None else None,
        "note": take.note,
    }
