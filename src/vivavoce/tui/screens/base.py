"""What all full screens share: the desk, a title, a footer, Esc, and errors as sentences."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from vivavoce.errors import VivaError
from vivavoce.practice import Desk
from vivavoce.text import clean

_READING = 8
"""Seconds that a sentence stays."""


def tell(on: App[Any] | Screen[Any], sentence: str, *, warning: bool) -> None:
    """Say something that nobody has to answer, for a while, as plain text."""
    on.notify(clean(sentence), severity="warning" if warning else "information", markup=False, timeout=_READING)


class DeskScreen(Screen[None]):
    """A screen that works at the desk. It keeps the desk and never its parts: those change with the settings."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", key_display="Esc")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def action_back(self) -> None:
        """To the screen below."""
        self.app.pop_screen()

    def tell(self, sentence: str | VivaError) -> None:
        """Say something that nobody has to answer."""
        tell(self, str(sentence), warning=isinstance(sentence, VivaError))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Textual drops the error of a worker that may not end the program; here none is dropped."""
        error = event.worker.error if event.state is WorkerState.ERROR else None
        if isinstance(error, VivaError):
            self.tell(error)
        elif error is not None:
            raise error
