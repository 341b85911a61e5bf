"""How files of questions and interviewers are written, and what makes no sense in them."""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec

from vivavoce.model import Interviewer, Kind, Lights, Question
from vivavoce.questions.toml import Bad
from vivavoce.text import clean

_ID = re.compile(r"[a-z0-9-]{1,64}")

_LONGEST_TEXT = 600
"""Characters of a question: 40 seconds of reading aloud."""

_LONGEST_SAMPLE = 6000
_LONGEST_THINK = 600.0
_LONGEST_ANSWER = 3600.0
_MOST = 20
"""Follow-ups, openings or voices."""

_DRIVERS = ("espeak", "sapi5", "nsss")

Number = Annotated[float, msgspec.Meta(ge=0)]


class QuestionTable(msgspec.Struct, forbid_unknown_fields=True):
    """One `[[question]]`."""

    id: str
    text: str
    kind: Kind | None = None
    think: Number | None = None
    green: Number | None = None
    amber: Number | None = None
    red: Number | None = None
    grace: Number | None = None
    listens_for: str = ""
    follow_ups: list[str] = []
    sample: str = ""


class QuestionFile(msgspec.Struct, forbid_unknown_fields=True):
    """A file: defaults for its questions, then the questions."""

    kind: Kind | None = None
    think: Number | None = None
    green: Number | None = None
    amber: Number | None = None
    red: Number | None = None
    grace: Number = 15.0
    question: list[dict[str, Any]] = []


class InterviewerFile(msgspec.Struct, forbid_unknown_fields=True):
    """A voice profile."""

    id: str
    name: str
    manner: str
    rate: Annotated[int, msgspec.Meta(ge=80, le=400)] = 170
    pitch: Annotated[int, msgspec.Meta(ge=0, le=99)] = 50
    openings: list[str] = []
    voices: dict[str, list[str]] = {}


def question(table: QuestionTable, defaults: QuestionFile) -> Question:
    """The question of a table. Raises Bad."""
    kind = table.kind or defaults.kind
    if kind is None:
        raise Bad("the question has no `kind`, and neither has the file")
    return Question(
        id=_identifier(table.id),
        kind=kind,
        text=_short("text", table.text, _LONGEST_TEXT),
        think=_within("think", _told("think", table.think, defaults.think), _LONGEST_THINK),
        lights=_lights(table, defaults),
        listens_for=clean(table.listens_for),
        follow_ups=_several("follow_ups", table.follow_ups),
        sample=_short("sample", table.sample, _LONGEST_SAMPLE) if table.sample.strip() else "",
    )


def interviewer(file: InterviewerFile) -> Interviewer:
    """The interviewer of a file. Raises Bad."""
    for driver in file.voices:
        if driver not in _DRIVERS:
            raise Bad(f"there is no speech driver `{clean(driver)}`; known are {', '.join(_DRIVERS)}")
    return Interviewer(
        id=_identifier(file.id),
        name=_short("name", file.name, 60),
        manner=_short("manner", file.manner, 200),
        voices={driver: _several("voices", names) for driver, names in file.voices.items()},
        rate=file.rate,
        pitch=file.pitch,
        openings=_several("openings", file.openings),
    )


def _lights(table: QuestionTable, defaults: QuestionFile) -> Lights:
    grace = table.grace if table.grace is not None else defaults.grace
    green = _told("green", table.green, defaults.green)
    amber = _told("amber", table.amber, defaults.amber)
    red = _within("red", _told("red", table.red, defaults.red), _LONGEST_ANSWER)
    if not 0 < green < amber < red:
        raise Bad(f"the lights must rise: green {green:g}, amber {amber:g}, red {red:g}")
    return Lights(green, amber, red, _within("grace", grace, 120.0))


def _told(name: str, own: float | None, default: float | None) -> float:
    value = own if own is not None else default
    if value is None:
        raise Bad(f"the key `{name}` is missing, and the file gives no default")
    return value


def _within(name: str, value: float, most: float) -> float:
    if not value <= most:  # refuses NaN as well
        raise Bad(f"`{name}` is more than {most:g} seconds")
    return value


def _identifier(text: str) -> str:
    if not _ID.fullmatch(text):
        raise Bad("`id` must be 1 to 64 of the characters a-z, 0-9 and -")
    return text


def _short(name: str, text: str, most: int) -> str:
    cleaned = clean(text)
    if not cleaned:
        raise Bad(f"`{name}` is empty")
    if len(cleaned) > most:
        raise Bad(f"`{name}` has more than {most} characters")
    return cleaned


def _several(name: str, texts: list[str]) -> tuple[str, ...]:
    if len(texts) > _MOST:
        raise Bad(f"`{name}` has more than {_MOST} entries")
    return tuple(_short(name, text, _LONGEST_TEXT) for text in texts)
