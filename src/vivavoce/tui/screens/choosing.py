"""The keys for what the next session will be; Home and Set-up share them."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from vivavoce.errors import VivaError
from vivavoce.tui.screens.base import DeskScreen
from vivavoce.tui.screens.dialogs import Choose

_NUMBERS = (1, 2, 3, 5, 8, 10, 15, 20)


class ChoosingScreen(DeskScreen):
    """Shows choices, with their keys beside them; the footer has no room for all of them at 80 columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "number", "Number of questions", show=False),
        Binding("i", "interviewer", "Interviewer", show=False),
        Binding("v", "heard_only", "Show or hide the text", show=False),
    ]

    def draw(self) -> None:
        """Show the choices as they are now."""
        raise NotImplementedError

    async def change(self, **changes: object) -> None:
        """Keep what was chosen; None is no choice."""
        told = {name: value for name, value in changes.items() if value is not None}
        try:
            if told:
                await self.desk.change(**told)
        except VivaError as error:
            self.tell(error)
        except OSError as error:
            self.tell(
                f"Nothing was changed: {error.strerror or 'the disk refused'}. Make room, or allow writing there."
            )
        self.draw()

    @work(exit_on_error=False)
    async def action_number(self) -> None:
        """How many questions."""
        numbers = [(str(n), f"{n} question{'s' * (n > 1)}") for n in _NUMBERS]
        chosen = await self.app.push_screen_wait(Choose("How many questions?", numbers))
        await self.change(questions=None if chosen is None else int(chosen))

    @work(exit_on_error=False)
    async def action_interviewer(self) -> None:
        """Who asks."""
        people = [(who.id, f"{who.name}: {who.manner}") for who in self.desk.interviewers]
        chosen = await self.app.push_screen_wait(Choose("Who asks?", people))
        await self.change(interviewer=chosen)
        if chosen is not None:
            self.met()

    def met(self) -> None:
        """Another interviewer was chosen."""

    @work(exit_on_error=False)
    async def action_heard_only(self) -> None:
        """Show or hide the questions' texts."""
        await self.change(heard_only=not self.desk.settings.heard_only)

    @property
    def shown_text(self) -> str:
        """Whether the question is shown, in words."""
        return "heard only" if self.desk.settings.heard_only else "shown while it is read"
