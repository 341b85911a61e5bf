"""A recording that was cut short, offered at the start."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, Static

from vivavoce.archive import Orphan
from vivavoce.delivery import clock
from vivavoce.errors import VivaError
from vivavoce.practice import Desk, discard, recover
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.base import DeskScreen
from vivavoce.tui.screens.dialogs import Confirm
from vivavoce.tui.screens.review import ReviewScreen

_CUT_SHORT = "The program ended before the answer did. What was said is on the disk."
_NOTHING = "The program ended before any sound arrived: there is nothing to hear in it."


class RecoveryScreen(DeskScreen):
    """Keep, discard, or decide later. Nothing is deleted by itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k,enter", "keep", "Keep and review", key_display="k"),
        Binding("d", "discard", "Discard"),
        Binding("escape", "back", "Decide later", key_display="Esc"),
    ]

    def __init__(self, desk: Desk, orphan: Orphan) -> None:
        super().__init__(desk)
        self._orphan = orphan
        self._keeping = False

    def compose(self) -> ComposeResult:
        """What was found."""
        orphan = self._orphan
        with Vertical(classes="page"):
            yield Static(plain(f"Recovered answer, {clock(orphan.seconds)}", "bold"), classes="title")
            yield Static(plain(orphan.question.text))
            yield Static(plain(f"\nRecorded {orphan.started:%Y-%m-%d %H:%M} on {orphan.device}.", lines=True))
            yield Static(plain(_CUT_SHORT if orphan.seconds > 0 else _NOTHING))
            yield Static(id="state")
        yield Footer(show_command_palette=False, compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Nothing else while it is being kept; of nothing there is nothing to keep."""
        if action == "keep":
            return not self._keeping and self._orphan.seconds > 0
        return not self._keeping or action not in ("discard", "back")

    def _keeps(self, keeping: bool) -> None:
        self._keeping = keeping
        self.query_one("#state", Static).update(plain("Saving it …" if keeping else ""))
        self.refresh_bindings()

    def action_keep(self) -> None:
        """Finish it like any other take, once, and look at it."""
        self._keeps(True)
        self._keep()

    @work(exit_on_error=False)
    async def _keep(self) -> None:
        try:
            review = await recover(self.desk.parts, self._orphan)
        except VivaError as error:
            self.tell(error)
            self._keeps(False)
            return
        self.app.switch_screen(ReviewScreen(self.desk, review))

    @work(exit_on_error=False)
    async def action_discard(self) -> None:
        """Throw it away, if that is meant."""
        if await self.app.push_screen_wait(Confirm("Throw this recording away?", "throw it away", "keep it")):
            discard(self.desk.parts, self._orphan)
            self.app.pop_screen()
