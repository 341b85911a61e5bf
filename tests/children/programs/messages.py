"""What the tests say to their child programs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Do:
    """Do one awkward thing."""

    what: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The answer."""

    text: str


@dataclass(frozen=True, slots=True)
class News:
    """Something on the way to the answer."""

    share: float
