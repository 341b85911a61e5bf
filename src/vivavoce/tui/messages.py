"""What widgets and screens tell those above them; the whole vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from vivavoce.practice import Sitting


@dataclass
class Practise(Message):
    """Start this session."""

    sitting: Sitting


@dataclass
class Answer(Message):
    """Go on in this session: the same question again, or the next one."""

    sitting: Sitting
    again: bool


@dataclass
class PlayFrom(Message):
    """Play the take from this second on."""

    seconds: float
