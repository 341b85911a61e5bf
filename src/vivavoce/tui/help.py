"""The keys of a screen, from the same declarations that make its footer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from vivavoce.tui.safe import plain

_TEXTUALS_OWN = frozenset(b.description for b in Screen.BINDINGS if isinstance(b, Binding))
"""Every screen has these (to copy a text, to go to the next field); they are no part of what this program offers."""


def commands(screen: Screen[Any]) -> Iterator[Binding]:
    """What can be done on a screen, each action once, in the order of its declarations; hidden keys too."""
    told = set[str]()
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.description and binding.description not in _TEXTUALS_OWN and binding.action not in told:
            told.add(binding.action)
            yield binding


class HelpScreen(ModalScreen[None]):
    """Lists what the keys of the screen below do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,f1,q", "dismiss", "Back", key_display="Esc")]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._lines = [f"{self._keys(binding):<8} {binding.description}" for binding in commands(below)]

    @staticmethod
    def _keys(binding: Binding) -> str:
        return binding.key_display or binding.key.replace("ctrl+", "Ctrl+").replace("escape", "Esc")

    def compose(self) -> ComposeResult:
        """A list to read."""
        with VerticalScroll(classes="dialog"):
            yield Static(plain("Keys", "bold"), classes="title")
            yield Static(plain("\n".join(self._lines), lines=True))
            yield Static(plain("\nEsc goes back. Ctrl+P lists all commands by name.", lines=True))
