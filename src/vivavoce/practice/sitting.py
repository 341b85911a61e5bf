"""A session: a run of questions practised in one sitting."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress

from vivavoce.archive import new_id
from vivavoce.errors import VivaError
from vivavoce.model import Interviewer, Kind, Question, Session
from vivavoce.practice.attempt import Attempt
from vivavoce.practice.parts import Parts


class Sitting:
    """The questions of a session, one attempt after the other.

    It asks for the parts each time: another microphone may have been chosen since the last question.
    """

    def __init__(
        self,
        parts: Callable[[], Parts],
        questions: tuple[Question, ...],
        interviewer: Interviewer,
        kinds: tuple[Kind, ...] = (),
        rng: random.Random | None = None,
    ) -> None:
        started = parts().now()
        self._parts = parts
        self._index = -1
        self._filed = False
        self._warming: asyncio.Task[None] | None = None
        self._opening = (rng or random.Random()).choice(interviewer.openings) if interviewer.openings else ""
        self.questions = questions
        self.interviewer = interviewer
        self.session = Session(id=new_id(started), started=started, interviewer=interviewer.id, kinds=kinds)

    @property
    def number(self) -> int:
        """Which question it is, from 1; 0 before the first."""
        return self._index + 1

    @property
    def question(self) -> Question:
        """The question that is being asked."""
        return self.questions[self._index]

    @property
    def more(self) -> bool:
        """Whether another question follows."""
        return self._index + 1 < len(self.questions)

    def advance(self) -> Attempt:
        """On to the next question."""
        self._index += 1
        return self.attempt()

    def attempt(self) -> Attempt:
        """A go at the present question, the first or another one."""
        if not self._filed:
            self._parts().archive.begin(self.session)
            self._filed = True
            self._warming = asyncio.create_task(self._warm_up())
        opening, self._opening = self._opening, ""
        return Attempt(self._parts(), self.session, self.question, self.interviewer, opening)

    async def _warm_up(self) -> None:
        """Have the recogniser load its model while the first question is read; recording never waits for it."""
        with suppress(VivaError):  # whatever is wrong will be said when there is something to write down
            await self._parts().recogniser.warm_up()

    async def look_ahead(self) -> None:
        """Have the next question spoken into the cache while this one is answered."""
        if self.more:
            with suppress(VivaError):  # whatever is wrong will be said when it is asked
                await self._parts().voice.render(self.questions[self._index + 1].text, self.interviewer)
