"""Where everything starts: how the machine is doing, what the next session will be, and the ways on."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static

from vivavoce.errors import VivaError
from vivavoce.model import Kind
from vivavoce.practice import Condition, Desk, State
from vivavoce.tui.messages import Practise
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.bank import BankScreen
from vivavoce.tui.screens.choosing import ChoosingScreen
from vivavoce.tui.screens.dialogs import Choose, ChooseSome
from vivavoce.tui.screens.fetch import FetchScreen
from vivavoce.tui.screens.setup import SetupScreen
from vivavoce.tui.screens.takes import TakesScreen

_MARKS = {
    Condition.READY: ("✓ ready  ", "$text-success"),
    Condition.LIMITED: ("~ limited", "$text-warning"),
    Condition.MISSING: ("✗ missing", "$text-error"),
    Condition.CHECKING: ("… looking", ""),
}

_PARTS = ("Microphone", "Loudspeaker", "Voice", "Recogniser")

_KEYS = {"Microphone": "Here: m for the demo.", "Recogniser": "Here: f to fetch them."}
"""What this screen offers where a part is missing; the remedies are written for the command line too."""

_INDENT = 23
"""Columns before a remedy: those of the part and of its condition."""


class HomeScreen(ChoosingScreen):
    """Shows the states as soon as they are known, and the choices for the next session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,p", "practise", "Practise", key_display="Enter"),
        Binding("k", "kinds", "Kinds", show=False),
        Binding("q", "questions", "Questions"),
        Binding("t", "takes", "Takes"),
        Binding("s", "setup", "Set-up"),
        Binding("m", "demo", "Demo"),
        Binding("f", "fetch", "Fetch"),
        Binding("b", "problems", "What could not be used", show=False),
        Binding("u", "look", "Look again", show=False),
        Binding("escape", "nowhere", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._states = tuple(State(part, Condition.CHECKING, "") for part in _PARTS)

    def compose(self) -> ComposeResult:
        """Title, states, choices."""
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(plain("Viva Voce: practise spoken answers out loud", "bold"), classes="title")
            yield Static(id="states")
            yield Static(id="choices")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """The first frame comes before anything is looked at."""
        self.draw()

    def on_screen_resume(self) -> None:
        """Back from another screen: things may have changed."""
        self.draw()
        self.action_look()

    def on_resize(self) -> None:
        """Remedies are wrapped to the width."""
        self.draw()

    @work(exclusive=True, group="look", exit_on_error=False)
    async def action_look(self) -> None:
        """Look at the machine afresh."""
        self._states = await self.desk.states()
        self.draw()

    # Showing

    def draw(self) -> None:
        """Show the states and the choices as they are now."""
        self.query_one("#states", Static).update(Content("\n").join(self._state(state) for state in self._states))
        self.query_one("#choices", Static).update(self._choices())
        self.refresh_bindings()

    def _state(self, state: State) -> Content:
        """A part, its condition, and what is to be said, in a column of its own."""
        mark, style = _MARKS[state.condition]
        width = max(20, self.size.width - _INDENT - 4)
        key = _KEYS.get(state.part, "") if state.condition is Condition.MISSING else ""
        lines = [*wrap(state.says, width), *wrap(f"{state.remedy} {key}".strip(), width)]
        told = plain(("\n" + " " * _INDENT).join(lines), lines=True)
        return Content.assemble(f"{state.part:<13}", (f"{mark} ", style), told)

    def _choices(self) -> Content:
        settings = self.desk.settings
        kinds = ", ".join(settings.kinds) or "all"
        try:
            who = self.desk.interviewer()
            asked = f"{who.name}: {who.manner}"
        except VivaError as error:
            asked = str(error)
        lines = [
            ("", "Next session"),
            ("n", f"Questions    {settings.questions}"),
            ("k", f"Kinds        {kinds}"),
            ("i", f"Interviewer  {asked}"),
            ("v", f"Text         {self.shown_text}"),
        ]
        if number := len(self.desk.problems):
            lines.append(("b", f"{number} {'entry' if number == 1 else 'entries'} of the bank could not be used"))
        return Content("\n").join(
            plain(f"{key}  {text}" if key else text, "" if key else "bold", lines=True) for key, text in lines
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer remedies only where something is missing."""
        missing = {state.part for state in self._states if state.condition is Condition.MISSING}
        if action == "demo":
            return "Microphone" in missing
        if action == "fetch":
            return "Recogniser" in missing
        if action == "problems":
            return bool(self.desk.problems)
        return True

    # Keys

    def action_practise(self) -> None:
        """Start the session."""
        try:
            self.post_message(Practise(self.desk.sitting()))
        except VivaError as error:
            self.tell(error)

    def action_nowhere(self) -> None:
        """Home has nothing behind it; Ctrl+Q leaves."""

    @work(exit_on_error=False)
    async def action_kinds(self) -> None:
        """Which kinds."""
        kinds = [(kind.value, kind.value) for kind in Kind]
        chosen = await self.app.push_screen_wait(ChooseSome("Which kinds?", kinds, self.desk.settings.kinds))
        await self.change(kinds=None if chosen is None else tuple(Kind(kind) for kind in chosen))

    @work(exit_on_error=False)
    async def action_demo(self) -> None:
        """A second voice answers, for this run."""
        await self.change(microphone="demo")
        self.action_look()

    @work(exit_on_error=False)
    async def action_fetch(self) -> None:
        """Fetch the weights, once they were agreed to."""
        if await self.app.push_screen_wait(FetchScreen(self.desk, self.desk.settings.model)):
            self.action_look()

    @work(exit_on_error=False)
    async def action_problems(self) -> None:
        """Which files could not be used, and why."""
        problems = [(str(n), text) for n, text in enumerate(self.desk.problems)]
        await self.app.push_screen_wait(Choose("What could not be used", problems))

    def action_questions(self) -> None:
        """The bank."""
        self.app.push_screen(BankScreen(self.desk))

    def action_takes(self) -> None:
        """Everything recorded."""
        self.app.push_screen(TakesScreen(self.desk))

    def action_setup(self) -> None:
        """Microphone, loudspeaker, voice, recogniser."""
        self.app.push_screen(SetupScreen(self.desk))
