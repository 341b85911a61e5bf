"""Ask, think, answer: one calm screen. While somebody speaks it shows the question, the time and the level only."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, Static

from vivavoce.delivery import clock
from vivavoce.errors import NoMicrophone
from vivavoce.practice import Attempt, Command, Desk, Phase, Sitting, advice
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.base import DeskScreen
from vivavoce.tui.screens.dialogs import Confirm
from vivavoce.tui.screens.review import ReviewScreen
from vivavoce.tui.widgets.lights import LightsClock, countdown
from vivavoce.tui.widgets.meter import LevelMeter

_POLL = 1 / 20
"""Seconds between two looks at the attempt."""

_BEFORE = frozenset({Phase.ASKING, Phase.THINKING})
_ENDED = frozenset({Phase.FAILED, Phase.DISCARDED})

_WHEN = {
    "go_on": _BEFORE,
    "finish": frozenset({Phase.ANSWERING}),
    "again": _BEFORE,
    "slower": _BEFORE,
    "show": _BEFORE | {Phase.ANSWERING},
    "skip": _BEFORE,
    "try_again": _ENDED,
    "next": _ENDED,
    "demo": frozenset({Phase.FAILED}),
}
"""In which phases each action makes sense; the footer shows it only there."""


class AttemptScreen(DeskScreen):
    """Drives one attempt and shows it."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", "Go on", key_display="Enter"),
        Binding("enter,space", "finish", "Stop", key_display="Enter"),
        Binding("r", "again", "Again"),
        Binding("s", "slower", "Slower"),
        Binding("h", "show", "Hide or show"),
        Binding("k", "skip", "Skip"),
        Binding("a", "try_again", "Try again"),
        Binding("n", "next", "Next"),
        Binding("d", "demo", "Demo microphone"),
        Binding("escape", "back", "Leave", key_display="Esc"),
    ]

    def __init__(self, desk: Desk, sitting: Sitting, again: bool = False) -> None:
        super().__init__(desk)
        self._sitting = sitting
        self._attempt: Attempt = sitting.attempt() if again else sitting.advance()
        self._hidden = desk.settings.heard_only
        self._drawn: tuple[Phase, bool] | None = None
        self._leaving = False
        self._texts: dict[str, str] = {}

    @property
    def recording(self) -> bool:
        """Whether the microphone is open."""
        return self._attempt.phase is Phase.ANSWERING

    def compose(self) -> ComposeResult:
        """Where we are, the question, and what the phase has to show."""
        with Vertical(classes="page"):
            yield Static(id="where", classes="title")
            yield Static(id="question")
            yield Static(id="state")
            yield LightsClock(id="clock")
            yield LevelMeter(id="meter")
            yield Static(id="advice")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin."""
        question = self._attempt.question
        number = f"Question {self._sitting.number} of {len(self._sitting.questions)}"
        who = self._sitting.interviewer.name
        self.query_one("#where", Static).update(plain(f"{number} · {question.kind} · asked by {who}", "bold"))
        self._poll()
        self.set_interval(_POLL, self._poll)
        self._go()

    @work(name="attempt", exit_on_error=False)
    async def _go(self) -> None:
        phase = await self._attempt.run(self._sitting.look_ahead)
        self._poll()
        if self._leaving:
            return
        await self._close_dialogs()
        if phase is Phase.KEPT and self._attempt.review is not None:
            self.app.switch_screen(ReviewScreen(self.desk, self._attempt.review, self._sitting))
        elif phase is Phase.SKIPPED:
            self._onward()

    async def _close_dialogs(self) -> None:
        """A question that was being asked when the recording ended by itself has answered itself."""
        while self.app.screen is not self and self in self.app.screen_stack:
            await self.app.pop_screen()

    # Drawing

    def _poll(self) -> None:
        phase, heard = self._attempt.phase, self._attempt.level is not None
        if (phase, heard) != self._drawn:
            self._drawn = (phase, heard)
            self.refresh_bindings()
            for name in ("#clock", "#meter"):
                self.query_one(name).display = phase is Phase.ANSWERING
        self._draw_question()
        self._put("state", self._state(), "bold")
        self._put("advice", self._advice())
        if phase is Phase.ANSWERING:
            self.query_one(LightsClock).show(self._attempt.question.lights, self._attempt.seconds)
            self.query_one(LevelMeter).show(self._attempt.level, self._attempt.device)

    def _draw_question(self) -> None:
        hidden = self._hidden and not self._attempt.silent
        text = "(heard only; h shows the text)" if hidden else self._attempt.question.text
        self._put("question", text)

    def _put(self, name: str, text: str, style: str = "") -> None:
        """Show a text, unless it is there already: 20 times a second nothing changes."""
        if self._texts.get(name) != text:
            self._texts[name] = text
            self.query_one(f"#{name}", Static).update(plain(text, style, lines=True))

    def _state(self) -> str:
        attempt = self._attempt
        match attempt.phase:
            case Phase.ASKING:
                return "The question is being read." if not attempt.silent else "Read the question."
            case Phase.THINKING:
                left = attempt.think_left
                told = f"Think: {clock(left)} left. Not recorded. Enter starts your answer."
                return f"{told}\n{countdown(left, attempt.question.think, self.size.width - 4)}"
            case Phase.ANSWERING:
                return "● Recording" if attempt.level is not None else "Opening the microphone …"
            case Phase.DISCARDED:
                return "Thrown away. Nothing was kept."
            case Phase.FAILED if attempt.error is not None:
                return f"{attempt.error.sentence}\n{attempt.error.remedy}"
            case Phase.SKIPPED:
                return "Skipped."
            case _:
                return "Saving your answer …"

    def _advice(self) -> str:
        if self._attempt.phase is Phase.ANSWERING:
            return advice(self._attempt.level)
        return self._attempt.notice if self._attempt.phase in _BEFORE else ""

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer an action only in the phases in which it makes sense."""
        if action == "demo" and not isinstance(self._attempt.error, NoMicrophone):
            return False
        if action == "finish" and self._attempt.level is None:
            return False  # an Enter too many, or one held down, shall not end what has not begun
        return action not in _WHEN or self._attempt.phase in _WHEN[action]

    def action_go_on(self) -> None:
        """On to the next phase."""
        self._attempt.tell(Command.GO_ON)

    def action_finish(self) -> None:
        """Stop the recording."""
        self._attempt.tell(Command.GO_ON)

    def action_again(self) -> None:
        """Hear the question again."""
        self._attempt.tell(Command.REPEAT)

    def action_slower(self) -> None:
        """Hear the question again, slower."""
        self._attempt.tell(Command.SLOWER)

    def action_skip(self) -> None:
        """Leave the question unanswered."""
        self._attempt.tell(Command.SKIP)

    def action_show(self) -> None:
        """Hide or show the question's text."""
        self._hidden = not self._hidden

    def action_try_again(self) -> None:
        """The same question once more."""
        self.app.switch_screen(AttemptScreen(self.desk, self._sitting, again=True))

    def action_next(self) -> None:
        """The next question, or home."""
        self._onward()

    @work(exit_on_error=False)
    async def action_demo(self) -> None:
        """Let the demo microphone answer instead."""
        await self.desk.change(microphone="demo")
        self.action_try_again()

    def _onward(self) -> None:
        if self._sitting.more:
            self.app.switch_screen(AttemptScreen(self.desk, self._sitting))
        else:
            self.app.pop_screen()

    def action_back(self) -> None:
        """Leave; a recording asks first, and goes on while it does."""
        if self.recording:
            self._ask_to_discard()
        elif self._attempt.phase in _BEFORE:
            self._leaving = True
            self._attempt.tell(Command.LEAVE)
            self.app.pop_screen()
        elif self._attempt.phase in _ENDED:
            self.app.pop_screen()

    @work(exit_on_error=False)
    async def _ask_to_discard(self) -> None:
        question = "Throw this answer away?"
        if await self.app.push_screen_wait(Confirm(question, "throw it away", "go on recording")):
            self._attempt.tell(Command.DISCARD)

    @work(exit_on_error=False)
    async def action_leave_program(self) -> None:
        """Quit in mid-recording, if that is meant: what was said is kept."""
        question = "Stop recording and quit? What you said is kept."
        if await self.app.push_screen_wait(Confirm(question, "stop, keep it, quit", "go on recording")):
            await self.wind_up()
            self.app.exit()

    async def wind_up(self) -> None:
        """The program ends: keep what was said, and wait until it is safe."""
        self._leaving = True
        self._attempt.tell(Command.LEAVE)
        running = [worker for worker in self.workers if worker.name == "attempt" and worker.node is self]
        if running:
            await asyncio.wait([asyncio.create_task(worker.wait()) for worker in running])
