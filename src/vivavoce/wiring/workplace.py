"""The working place of one user: what front ends get (`practice.Desk`)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from vivavoce import settings
from vivavoce.archive import Archive
from vivavoce.audio import spool_is_owned
from vivavoce.locations import Locations
from vivavoce.model import Interviewer, Kind, Question
from vivavoce.practice import Parts, Sitting, Sounding, State, Weights
from vivavoce.questions import plan
from vivavoce.settings import Settings
from vivavoce.wiring import factories, health

_THIS_RUN_ONLY = frozenset({"microphone"})
"""Settings that are changed but not kept: a look with the demo microphone must not silence the real one tomorrow."""

_LEAVE_PARTS_ALONE = frozenset({"theme", "heard_only", "questions", "kinds"})
"""Settings that may change while somebody speaks: no child is ended for them."""


class Workplace:
    """The desk that front ends work at (`practice.Desk`)."""

    def __init__(self, locations: Locations, options: Settings, archive: Archive) -> None:
        self._locations = locations
        self._settings = options
        self._questions, unusable = factories.questions(locations)
        self._interviewers, unheard = factories.interviewers(locations)
        self._problems = unusable + unheard
        self._rng = random.Random()
        self._parts = self._made(archive)

    @classmethod
    def open(cls, locations: Locations, options: Settings) -> Workplace:
        """Take the data for this program alone. Raises ArchiveError, SettingsError, BankError."""
        return cls(locations, options, Archive.open(locations, exclusive=True))

    def _made(self, archive: Archive) -> Parts:
        where, options = self._locations, self._settings
        speaking = factories.voice(where, options)
        return Parts(
            voice=speaking,
            player=factories.player(where, options),
            microphone=factories.microphone(where, options, speaking, self.interviewer(), self._interviewers),
            recogniser=factories.recogniser(where, options),
            draft=factories.draft(where),
            files=factories.sound_files(where),
            archive=archive,
            owned=spool_is_owned,
            now=lambda: datetime.now().astimezone(),
            monotonic=time.monotonic,
        )

    @property
    def settings(self) -> Settings:
        """What the user chose."""
        return self._settings

    @property
    def locations(self) -> Locations:
        """Where everything lies."""
        return self._locations

    @property
    def parts(self) -> Parts:
        """The ports and the archive, as the present settings make them."""
        return self._parts

    @property
    def questions(self) -> tuple[Question, ...]:
        """The bank, the user's own questions included."""
        return self._questions

    @property
    def interviewers(self) -> tuple[Interviewer, ...]:
        """Who may ask; never empty."""
        return self._interviewers

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences about files of questions or voices that could not be used."""
        return self._problems

    def interviewer(self, name: str = "") -> Interviewer:
        """By id; empty for the one in the settings. Raises SettingsError."""
        return factories.chosen(name or self._settings.interviewer, self._interviewers)

    def sitting(
        self, *, kinds: Sequence[Kind] | None = None, questions: int | None = None, interviewer: str | None = None
    ) -> Sitting:
        """A new session; what is not given comes from the settings. Raises BankError, SettingsError."""
        wanted = tuple(self._settings.kinds if kinds is None else kinds)
        history = [(take.question_id, take.started) for take in self._parts.archive.history()]
        planned = plan(
            self._questions,
            questions or self._settings.questions,
            wanted,
            history,
            self._rng,
            spoken_samples_only=self._settings.microphone == "demo",
        )
        return Sitting(lambda: self._parts, planned, self.interviewer(interviewer or ""), wanted, self._rng)

    def sitting_on(self, question: Question) -> Sitting:
        """A new session of this one question."""
        return Sitting(lambda: self._parts, (question,), self.interviewer(), (question.kind,), self._rng)

    async def states(self) -> tuple[State, ...]:
        """How microphone, loudspeaker, voice and recogniser are doing."""
        return await health.states(self._locations, self._settings, self._parts.voice, self.interviewer())

    async def microphones(self) -> tuple[Sounding, ...]:
        """The input devices. Raises SoundError."""
        return tuple(
            Sounding(device.name, device.default) for device in (await factories.devices(self._locations)).inputs
        )

    async def loudspeakers(self) -> tuple[Sounding, ...]:
        """The output devices. Raises SoundError."""
        return tuple(
            Sounding(device.name, device.default) for device in (await factories.devices(self._locations)).outputs
        )

    def weights(self) -> tuple[Weights, ...]:
        """The Whisper models that are known, smallest first."""
        return health.models(self._settings.model)

    async def fetch(self, model: str, progress: Callable[[int, int | None], None]) -> None:
        """Fetch a model's weights. Raises FetchError, DiskError."""
        await factories.fetch(self._locations, model, progress)

    async def change(self, **changes: Any) -> None:
        """Change settings, keep them, and make the parts anew. Raises SettingsError."""
        settings.save(self._locations, **{name: v for name, v in changes.items() if name not in _THIS_RUN_ONLY})
        self._settings = replace(self._settings, **changes)
        if not changes.keys() <= _LEAVE_PARTS_ALONE:
            await self._let_go()
            self._parts = self._made(self._parts.archive)

    async def _let_go(self) -> None:
        await self._parts.microphone.close()
        await self._parts.recogniser.close()
        await self._parts.draft.close()

    async def close(self) -> None:
        """End every child and close the archive."""
        await self._let_go()
        self._parts.archive.close()
