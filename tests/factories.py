"""Small builders for what tests talk about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from vivavoce import delivery
from vivavoce.model import (
    Capture,
    Ended,
    Kind,
    Lights,
    Pause,
    Question,
    Review,
    Sound,
    Span,
    Take,
    Transcript,
    Word,
)

LIGHTS = Lights(green=30, amber=50, red=60)


def words(text: str, start: float = 1.0, each: float = 0.4, length: float = 0.35) -> tuple[Word, ...]:
    """Words one after the other; a `|` is a pause of one second."""
    said, at = [], start
    for part in text.split():
        if part == "|":
            at += 1.0
        else:
            said.append(Word(part, at, at + length))
            at += each
    return tuple(said)


def transcript(text: str, **changes: Any) -> Transcript:
    """A transcript of these words."""
    return replace(Transcript(words(text), "openai-whisper", "base.en"), **changes)


ANSWER = Span(1.0, 41.0)


def sound(seconds: float = 62.0, voice: Span | None = ANSWER, **changes: Any) -> Sound:
    """A good recording of forty seconds of answer with two pauses."""
    plain = Sound(
        seconds=seconds,
        voice=voice,
        pauses=(Pause(10.0, 10.5), Pause(20.0, 21.5)) if voice is not None else (),
        peak=-6.0,
        loudness=-22.0 if voice is not None else None,
        clipped=0.0,
        snr=40.0 if voice is not None else None,
        syllables=125 if voice is not None else None,
    )
    return replace(plain, **changes)


def question(**changes: Any) -> Question:
    """A behavioural question."""
    plain = Question("behavioural-one", Kind.BEHAVIOURAL, "Tell me about a time.", 30, LIGHTS, "What you did.")
    return replace(plain, **changes)


def take(**changes: Any) -> Take:
    """A take of a minute."""
    capture = Capture("Built-in microphone", 48000, 62 * 48000, Ended.STOPPED)
    started = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
    return replace(Take("20260304-103000-abcdef", "session-one", question(), started, capture), **changes)


def review(text: str | None = "Um, I led the team, you know, and we won.", **changes: Any) -> Review:
    """A review as the program makes it."""
    said = transcript(text) if text is not None else None
    one = changes.pop("take", take())
    heard = changes.pop("sound", sound())
    measured = delivery.measure(heard, said, one.question.lights)
    remarks = delivery.remarks(measured, heard, said, one.question.lights, one.capture)
    return replace(Review(one, heard, measured, remarks, said), **changes)
