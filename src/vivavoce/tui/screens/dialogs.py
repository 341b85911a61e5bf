"""Small questions: yes or no, a line of text, one of several, some of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from vivavoce.text import clean
from vivavoce.tui.safe import plain

_BACK = Binding("escape", "back", "Back", key_display="Esc")


class Confirm(ModalScreen[bool]):
    """A question with two answers; Esc is no. Enter is neither: who wants to stop a recording presses it blindly."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes"),
        Binding("n,escape", "no", "No"),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._texts = question, yes, no

    def compose(self) -> ComposeResult:
        """The question and both answers with their keys."""
        question, yes, no = self._texts
        with Vertical(classes="dialog"):
            yield Static(plain(question, "bold", lines=True))
            yield Static(plain(f"\ny  {yes}\nn  {no}", lines=True))

    def action_yes(self) -> None:
        """It is meant."""
        self.dismiss(True)

    def action_no(self) -> None:
        """It is not."""
        self.dismiss(False)


class Ask(ModalScreen[str | None]):
    """One line of text; None where it was left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [_BACK]

    def __init__(self, prompt: str, value: str = "") -> None:
        super().__init__()
        self._prompt, self._value = prompt, value

    def compose(self) -> ComposeResult:
        """The prompt and the line."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._prompt, "bold", lines=True))
            yield Input(clean(self._value), id="line")
            yield Static(plain("Enter keeps it, Esc leaves things as they are."))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter was pressed."""
        self.dismiss(clean(event.value))

    def action_back(self) -> None:
        """Leave things as they are."""
        self.dismiss(None)


class Choose(ModalScreen[str | None]):
    """One of several; None where it was left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [_BACK]

    def __init__(self, title: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._heading, self._options = title, options

    def compose(self) -> ComposeResult:
        """The title and the list."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._heading, "bold", lines=True))
            yield OptionList(*(Option(plain(label)) for _, label in self._options))
            yield Static(plain("Up and down, Enter takes it, Esc goes back."))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter was pressed."""
        self.dismiss(self._options[event.option_index][0])

    def action_back(self) -> None:
        """Leave things as they are."""
        self.dismiss(None)


class ChooseSome(ModalScreen[list[str] | None]):
    """Some of several; None where it was left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [_BACK, Binding("enter", "take", "Take them", priority=True)]

    def __init__(self, title: str, options: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__()
        self._heading, self._options, self._chosen = title, options, frozenset(chosen)

    def compose(self) -> ComposeResult:
        """The title and the list with its ticks."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._heading, "bold", lines=True))
            yield SelectionList[str](
                *(Selection(plain(label), name, name in self._chosen) for name, label in self._options)
            )
            yield Static(plain("Space ticks, Enter takes what is ticked (nothing: all), Esc goes back."))

    def action_take(self) -> None:
        """Take what is ticked, in the list's own order."""
        ticked = set(self.query_one(SelectionList).selected)
        self.dismiss([name for name, _ in self._options if name in ticked])

    def action_back(self) -> None:
        """Leave things as they are."""
        self.dismiss(None)
