"""The phases of an answer: what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum, auto


class Phase(StrEnum):
    """Where an attempt at a question stands."""

    ASKING = "asking"
    """The interviewer reads the question."""
    THINKING = "thinking"
    """Think time counts down; nothing is recorded."""
    ANSWERING = "answering"
    """The microphone records."""
    FINISHING = "finishing"
    """The recording is written, verified and filed."""
    KEPT = "kept"
    """There is a take, and it is safe."""
    SKIPPED = "skipped"
    """The speaker left before answering."""
    DISCARDED = "discarded"
    """The speaker threw the recording away."""
    FAILED = "failed"
    """Something broke; `Attempt.error` says what, and what was said so far is kept."""


OVER = frozenset({Phase.KEPT, Phase.SKIPPED, Phase.DISCARDED, Phase.FAILED})
"""Phases that nothing follows."""

FOLLOWS: Mapping[Phase, frozenset[Phase]] = {
    Phase.ASKING: frozenset({Phase.THINKING, Phase.ANSWERING, Phase.SKIPPED, Phase.FAILED}),
    Phase.THINKING: frozenset({Phase.ASKING, Phase.ANSWERING, Phase.SKIPPED, Phase.FAILED}),
    Phase.ANSWERING: frozenset({Phase.FINISHING, Phase.DISCARDED, Phase.FAILED}),
    Phase.FINISHING: frozenset({Phase.KEPT, Phase.FAILED}),
    **{phase: frozenset() for phase in OVER},
}


class Command(Enum):
    """What the speaker may say to an attempt; one that makes no sense in a phase is ignored there."""

    GO_ON = auto()
    """On to the next phase: stop reading, stop thinking, stop the recording."""
    START = auto()
    """Straight to answering, from reading or thinking."""
    REPEAT = auto()
    """Read the question again."""
    SLOWER = auto()
    """Read the question again, slower."""
    SKIP = auto()
    """Leave the question unanswered."""
    DISCARD = auto()
    """Throw the recording away (the driver has asked whether that is meant)."""
    LEAVE = auto()
    """The program ends: keep what was said, ask nothing more."""
