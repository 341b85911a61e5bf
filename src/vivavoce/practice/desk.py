"""What a front end gets from the wiring: everything it may use, and nothing of what stands behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from vivavoce.locations import Locations
from vivavoce.model import Interviewer, Kind, Question
from vivavoce.practice.parts import Parts
from vivavoce.practice.sitting import Sitting
from vivavoce.settings import Settings


class Condition(StrEnum):
    """How a part of the machine is doing."""

    READY = "ready"
    LIMITED = "limited"
    """It works, less well than it could."""
    MISSING = "missing"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class State:
    """One part of the machine, in words."""

    part: str
    """Microphone, Loudspeaker, Voice or Recogniser."""
    condition: Condition
    says: str
    """One sentence."""
    remedy: str = ""
    """One sentence; empty when nothing is missing."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """An input or output device."""

    name: str
    default: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """A Whisper model and its weights on this machine."""

    name: str
    present: bool
    size: int | None
    """Megabytes to fetch; None where that is not known."""
    place: str
    """Where the file is, or would be."""
    address: str
    """Where it comes from."""
    chosen: bool


class Desk(Protocol):
    """The working place. Coroutines belong to the event loop of the main process."""

    @property
    def settings(self) -> Settings:
        """What the user chose."""

    @property
    def locations(self) -> Locations:
        """Where everything lies."""

    @property
    def parts(self) -> Parts:
        """The ports and the archive, as the present settings make them."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The bank, the user's own questions included."""

    @property
    def interviewers(self) -> tuple[Interviewer, ...]:
        """Who may ask; never empty."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences about files of questions or voices that could not be used."""

    def interviewer(self, name: str = "") -> Interviewer:
        """By id; empty for the one in the settings. Raises SettingsError, which names the known ones."""

    def sitting(
        self, *, kinds: Sequence[Kind] | None = None, questions: int | None = None, interviewer: str | None = None
    ) -> Sitting:
        """A new session; what is not given comes from the settings. Raises BankError, SettingsError."""

    def sitting_on(self, question: Question) -> Sitting:
        """A new session of this one question."""

    async def states(self) -> tuple[State, ...]:
        """How microphone, loudspeaker, voice and recogniser are doing: looked at afresh, within a few seconds."""

    async def microphones(self) -> tuple[Sounding, ...]:
        """The input devices. Raises SoundError."""

    async def loudspeakers(self) -> tuple[Sounding, ...]:
        """The output devices. Raises SoundError."""

    def weights(self) -> tuple[Weights, ...]:
        """The Whisper models that are known, smallest first."""

    async def fetch(self, model: str, progress: Callable[[int, int | None], None]) -> None:
        """Fetch a model's weights; `progress` is told the bytes so far and in all. The user has been asked.

        Cancelling it keeps what was fetched for the next try. Raises FetchError, DiskError.
        """

    async def change(self, **changes: Any) -> None:
        """Change settings, keep them, and make the parts anew. Raises SettingsError."""

    async def close(self) -> None:
        """End every child and close the archive."""
