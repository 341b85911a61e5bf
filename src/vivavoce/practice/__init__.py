"""The headless core: a question is asked, thought about, answered, finished and reviewed.

Whoever drives it (the screens, the line mode) sends commands and reads states; nothing here knows how it looks.
"""

from vivavoce.practice.advice import advice
from vivavoce.practice.attempt import Attempt
from vivavoce.practice.desk import Condition, Desk, Sounding, State, Weights
from vivavoce.practice.parts import Parts
from vivavoce.practice.phases import FOLLOWS, OVER, Command, Phase
from vivavoce.practice.recovery import discard, orphans, recover
from vivavoce.practice.reviewing import Transcriber, analyse, review
from vivavoce.practice.sitting import Sitting

__all__ = [
    "FOLLOWS",
    "OVER",
    "Attempt",
    "Command",
    "Condition",
    "Desk",
    "Parts",
    "Phase",
    "Sitting",
    "Sounding",
    "State",
    "Transcriber",
    "Weights",
    "advice",
    "analyse",
    "discard",
    "orphans",
    "recover",
    "review",
]
