"""The keys of a screen, from the same declarations that make its footer."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from vivavoce.tui.safe import plain


class HelpScreen(ModalScreen[None]):
    """Lists what the keys of the screen below do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,f1,q", "dismiss", "Back", key_display="Esc")]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._lines = [
            f"{self._keys(active.binding):<14} {active.binding.description}"
            for active in below.active_bindings.values()
            if active.binding.description and not active.binding.action.startswith(("app.", "screen."))
        ]

    @staticmethod
    def _keys(binding: Binding) -> str:
        return binding.key_display or binding.key.replace("ctrl+", "Ctrl+").replace("escape", "Esc")

    def compose(self) -> ComposeResult:
        """A list to read."""
        with VerticalScroll(classes="dialog"):
            yield Static(plain("Keys", "bold"), classes="title")
            yield Static(plain("\n".join(dict.fromkeys(self._lines)), lines=True))
            yield Static(plain("\nEsc goes back. Ctrl+P lists all commands by name.", lines=True))
