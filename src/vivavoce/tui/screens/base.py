"""What all full screens share: the desk, a title, a footer, Esc, and errors as sentences."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from vivavoce.errors import VivaError
from vivavoce.practice import Desk
from vivavoce.text import clean

_READING = 8
"""Seconds that a sentence stays."""


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
        failed = isinstance(sentence, VivaError)
        self.notify(
            clean(str(sentence)), severity="warning" if failed else "information", markup=False, timeout=_READING
        )
