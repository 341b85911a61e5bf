"""The questions: filter as you type, look at one, practise it now."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from vivavoce.delivery import clock
from vivavoce.model import Question
from vivavoce.practice import Desk
from vivavoce.tui.messages import Practise
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.base import DeskScreen


class BankScreen(DeskScreen):
    """A list and the question under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/", priority=True),
        Binding("enter", "practise", "Practise this one", key_display="Enter", priority=True),
        Binding("escape", "back", "Back", key_display="Esc"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: tuple[Question, ...] = ()

    def compose(self) -> ComposeResult:
        """Filter, list, detail."""
        with Vertical(classes="page"):
            yield Input(placeholder="filter by words or kind", id="filter", compact=True)
            yield OptionList(id="questions")
            yield Static(id="detail")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """All questions; the list has the keys."""
        self._fill("")
        self.query_one(OptionList).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        self._fill(event.value)

    def _fill(self, wanted: str) -> None:
        words = wanted.lower().split()
        self._shown = tuple(q for q in self.desk.questions if all(w in f"{q.kind} {q.text}".lower() for w in words))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(plain(f"{q.kind:<12} {q.text}", lines=True)) for q in self._shown])
        if self._shown:
            listed.highlighted = 0
        else:
            self.query_one("#detail", Static).update(plain("No question has these words."))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the panel listens for."""
        if event.option_index >= len(self._shown):
            return  # told of a list that has been filtered since
        question = self._shown[event.option_index]
        think = f"think {clock(question.think)}" if question.think else "no think time"
        lights = question.lights
        times = f"{think}, green {clock(lights.green)}, amber {clock(lights.amber)}, red {clock(lights.red)}"
        listens = f"The panel listens for: {question.listens_for}" if question.listens_for else ""
        self.query_one("#detail", Static).update(plain(f"\n{times}\n{listens}", lines=True))

    def on_option_list_option_selected(self) -> None:
        """A click."""
        self.action_practise()

    def action_practise(self) -> None:
        """Practise the question under the cursor; in the filter, on to the list."""
        listed = self.query_one(OptionList)
        at = listed.highlighted
        if self.query_one(Input).has_focus:
            self.set_focus(listed)
        elif at is not None:
            self.post_message(Practise(self.desk.sitting_on(self._shown[at])))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """In the filter a slash is a character."""
        return action != "filter" or not self.query_one(Input).has_focus

    def action_filter(self) -> None:
        """To the filter, before the next key is looked at: fast typists lose no letter."""
        self.set_focus(self.query_one(Input))

    def action_back(self) -> None:
        """From the filter to the list, from the list away."""
        if self.query_one(Input).has_focus:
            self.query_one(OptionList).focus()
        else:
            super().action_back()
