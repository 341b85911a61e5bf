"""The application: opens the desk's screens, ends cleanly, and never shows a traceback."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from vivavoce.errors import VivaError
from vivavoce.practice import Desk, Sitting, orphans
from vivavoce.terminal import note_crash, when_told
from vivavoce.text import clean
from vivavoce.tui.help import HelpScreen, commands
from vivavoce.tui.messages import Answer, Practise
from vivavoce.tui.screens.attempt import AttemptScreen
from vivavoce.tui.screens.base import tell
from vivavoce.tui.screens.dialogs import Confirm
from vivavoce.tui.screens.home import HomeScreen
from vivavoce.tui.screens.recovery import RecoveryScreen

_DARK, _LIGHT = "textual-dark", "textual-light"

_WINDING_UP = 20.0
"""Seconds that a running take may need to be finished when the program is told to end."""


class VivaApp(App[None]):
    """Viva Voce in a terminal."""

    TITLE = "Viva Voce"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", key_display="?"),
        Binding("ctrl+l", "light", "Light or dark", show=False),
        Binding("ctrl+q", "leave", "Quit", priority=True),
    ]
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, desk: Desk, *, sitting: Sitting | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._sitting = sitting
        self._signals: asyncio.Task[None] | None = None
        self.farewell = ""
        """What is to be said on the terminal once the screen is gone."""

    def on_mount(self) -> None:
        """Home first; on it what cannot wait."""
        wanted = self._desk.settings.theme
        self.theme = wanted if wanted in self.available_themes else _DARK
        # A closed terminal or a polite kill finishes the running take; by default Textual dies on the spot.
        when_told(self._told_to_end, "SIGTERM", "SIGHUP")
        self.push_screen(HomeScreen(self._desk))
        if wanted and wanted not in self.available_themes:
            self._tell(f"There is no theme `{clean(wanted)}`; Ctrl+L changes between light and dark.")
        self._offer_orphans()
        if self._sitting is not None:
            self._begin(self._sitting)

    def _offer_orphans(self) -> None:
        """The oldest on top."""
        try:
            found = orphans(self._desk.parts)
        except VivaError as error:
            self._tell(str(error))
            return
        for orphan in reversed(found):
            self.push_screen(RecoveryScreen(self._desk, orphan))

    def _begin(self, sitting: Sitting, *, again: bool = False, instead: bool = False) -> None:
        """A go at a question, over the present screen or `instead` of it; a disk may refuse it."""
        try:
            screen = AttemptScreen(self._desk, sitting, again)
        except VivaError as error:
            self._tell(str(error))
            return
        if instead:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _tell(self, sentence: str) -> None:
        tell(self, sentence, warning=True)

    def _told_to_end(self) -> None:
        if self._signals is None:
            self._signals = asyncio.create_task(self._wind_up())

    async def _wind_up(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_WINDING_UP):
                for screen in reversed(self.screen_stack):
                    if isinstance(screen, AttemptScreen):
                        await screen.wind_up()
        self.exit()

    def on_practise(self, message: Practise) -> None:
        """Start a session."""
        self._begin(message.sitting)

    def on_answer(self, message: Answer) -> None:
        """Go on in a session, in place of the screen that asked for it."""
        self._begin(message.sitting, again=message.again, instead=True)

    async def action_leave(self) -> None:
        """Quit; a recording under way asks first."""
        for screen in self.screen_stack:
            if isinstance(screen, AttemptScreen) and screen.recording:
                if not isinstance(self.screen, Confirm):
                    screen.action_leave_program()
                return
        await self._wind_up()

    def action_help(self) -> None:
        """The keys of the screen below."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    async def action_light(self) -> None:
        """Change between the light and the dark theme, and remember it."""
        self.theme = _LIGHT if self.current_theme.dark else _DARK
        try:
            await self._desk.change(theme=self.theme)
        except (VivaError, OSError):
            self._tell("The theme holds until you quit: it could not be kept in the settings.")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action of the screen, by its name, beside Textual's own."""
        yield SystemCommand("Quit", "Leave Viva Voce", self.action_leave)
        yield SystemCommand("Light or dark", "Change the theme", self.action_light)
        yield SystemCommand("Help", "The keys of this screen", self.action_help)
        for binding in commands(screen):
            if binding.action not in ("leave", "light", "help", "command_palette"):
                yield SystemCommand(binding.description, f"Key: {binding.key}", self._runner(screen, binding.action))

    @staticmethod
    def _runner(screen: Screen[Any], action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await screen.run_action(action)

        return run

    def _handle_exception(self, error: Exception) -> None:
        """Textual would print the values of variables, and those may be somebody's answer."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        note_crash(self._desk.locations.log, cause)
        log = clean(str(self._desk.locations.log))
        self.farewell = (
            f"Something went wrong that Viva Voce did not expect ({type(cause).__name__}). "
            f"The place is noted in {log}; nothing that was recorded is lost."
        )
        self.exit(return_code=1)


async def run_app(desk: Desk, sitting: Sitting | None = None) -> int:
    """The exit status of the whole program.

    What it says at the end goes where it drew: file descriptor 2 may lead to the log.
    """
    app = VivaApp(desk, sitting=sitting)
    await app.run_async()
    if app.farewell and sys.__stderr__ is not None:
        sys.__stderr__.write(f"{app.farewell}\n")
        sys.__stderr__.flush()
    return app.return_code or 0
