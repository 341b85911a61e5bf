"""What an answer was like: figures with a plain sentence each, the words, and the sound to hear again."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from vivavoce.delivery import clock, timeline
from vivavoce.errors import ModelDamaged, ModelMissing, VivaError
from vivavoce.model import Remark, Review, Span
from vivavoce.practice import Desk, Sitting, Transcriber
from vivavoce.tui.listening import Listening
from vivavoce.tui.messages import Answer, PlayFrom
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.base import DeskScreen
from vivavoce.tui.screens.dialogs import Ask
from vivavoce.tui.screens.export import ExportDialog
from vivavoce.tui.screens.fetch import FetchScreen
from vivavoce.tui.screens.summary import SummaryScreen
from vivavoce.tui.widgets.transcript import TranscriptView

_POLL = 1 / 10
_LEAD = 0.15
"""Seconds that are played before a word or a remark's span: word times are true to about that."""

_ABOUT_RECORDING = ("recording", "gap")


class ReviewScreen(DeskScreen):
    """One take. It starts writing it down when that has not been done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "listen", "Play", key_display="Space"),
        Binding("comma,less_than_sign", "faster(-1)", "Slow", key_display=","),
        Binding("full_stop,greater_than_sign", "faster(1)", "Fast", key_display="."),
        Binding("s", "stop", "Stop", show=False),
        Binding("a", "again", "Again"),
        Binding("n", "next", "Next"),
        Binding("n", "finish", "Done"),
        Binding("e", "export", "Export"),
        Binding("o", "note", "Note"),
        Binding("d", "draft", "Draft", show=False),
        Binding("t", "transcribe", "Write down", show=False),
        Binding("f", "fetch", "Fetch weights", show=False),
        Binding("tab", "app.focus_next", "Words or figures", show=False),
        Binding("escape", "back", "Back", key_display="Esc"),
    ]

    def __init__(self, desk: Desk, review: Review, sitting: Sitting | None = None) -> None:
        super().__init__(desk)
        self._review = review
        self._sitting = sitting
        self._listening = Listening()
        self._transcriber = Transcriber(desk.parts)
        self._failed: VivaError | None = None
        self._writing = False
        self._status = ""

    def compose(self) -> ComposeResult:
        """Question, figures, timeline, words, player."""
        with Vertical(classes="page"):
            yield Static(plain(self._review.take.question.text), id="question")
            yield OptionList(id="figures")
            yield Static(id="timeline")
            with VerticalScroll(id="words", can_focus=False):
                yield TranscriptView()
            yield Static(id="player")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show what is known, and find out the rest."""
        self._show()
        self.query_one("#figures", OptionList).focus()
        self.set_interval(_POLL, self._poll)
        if self._review.transcript is None:
            self._write_down(draft=False)

    def on_resize(self) -> None:
        """The timeline is as wide as the screen."""
        self._draw_timeline()

    # Showing

    def _show(self) -> None:
        figures = self.query_one("#figures", OptionList)
        at = figures.highlighted
        figures.clear_options()
        figures.add_options([Option(_line(remark)) for remark in self._remarks()])
        figures.highlighted = at if at is not None else 0
        self._draw_timeline()
        words = self.query_one(TranscriptView)
        if self._review.transcript is not None and self._review.transcript.words:
            words.show(self._review)
        else:
            words.say(self._instead_of_words())
        self.refresh_bindings()

    def _remarks(self) -> list[Remark]:
        """What is wrong with the recording comes first: it is to be known before a figure is trusted."""
        note = self._review.take.note
        remarks = sorted(self._review.remarks, key=lambda remark: remark.about not in _ABOUT_RECORDING)
        return [*remarks, *([Remark("your note", "", note)] if note else [])]

    def _draw_timeline(self) -> None:
        width = max(10, self.size.width - 4)
        self.query_one("#timeline", Static).update(_spaced(timeline(self._review.sound, width)))

    def _instead_of_words(self) -> str:
        if self._writing:
            return "Writing down what you said …"
        if self._failed is not None:
            return f"Not written down. {self._failed}{self._ways_out()}"
        if self._review.sound.voice is None:
            return "Nobody could be heard."
        if self._review.transcript is not None:
            return "No words could be made out. Space plays the recording."
        return "Not written down yet. t does it now."

    def _ways_out(self) -> str:
        ways = "\nt  try again    d  rough draft now (every second word may be wrong)"
        return ways + ("\nf  fetch the weights" if isinstance(self._failed, ModelMissing | ModelDamaged) else "")

    def _poll(self) -> None:
        share = self._transcriber.share(self._review.take.id)
        if share is not None and self._writing:
            self.query_one(TranscriptView).say(f"Writing down what you said … {share:.0%}")
        error, self._listening.error = self._listening.error, None
        if error is not None:
            self.tell(error)
        position = self._listening.position
        self.query_one(TranscriptView).hearing(position if self._listening.playing else None)
        status = self._player(position)
        if status != self._status:
            self._status = status
            self.query_one("#player", Static).update(plain(status, lines=True))

    def _player(self, position: float | None) -> str:
        draft = self._review.transcript is not None and self._review.transcript.draft
        label = "Rough draft: every second word may be wrong. t writes it down properly.\n" if draft else ""
        speed = f" at {self._listening.speed:g} times the speed" if self._listening.speed != 1 else ""
        if position is None:
            words = self.query_one(TranscriptView).has_focus
            hint = "Arrows and Enter: hear from a word." if words else "Enter on ▸: hear it. Tab: to the words."
            return f"{label}{clock(self._review.sound.seconds)} recorded{speed}.  {hint}"
        word = "Playing" if self._listening.playing else "Held at"
        return f"{label}{word} {clock(position)} of {clock(self._review.sound.seconds)}{speed}"

    # Writing down

    @work(name="write", exclusive=True, group="write", exit_on_error=False)
    async def _write_down(self, draft: bool) -> None:
        self._writing, self._failed = True, None
        self._show()
        self._transcriber = Transcriber(self.desk.parts)
        try:
            self._review = await self._transcriber.transcribe(self._review.take.id, draft=draft)
        except VivaError as error:
            self._failed = error
        finally:
            self._writing = False
        self._show()

    def action_draft(self) -> None:
        """A rough transcript that needs no weights."""
        self._write_down(draft=True)

    def action_transcribe(self) -> None:
        """Write it down, or do it again."""
        self._write_down(draft=False)

    @work(exit_on_error=False)
    async def action_fetch(self) -> None:
        """Fetch the weights, once they were agreed to; then write it down."""
        if await self.app.push_screen_wait(FetchScreen(self.desk, self.desk.settings.model)):
            self._write_down(draft=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer an action only where it makes sense."""
        transcript = self._review.transcript
        if action in ("draft", "fetch"):
            fetchable = isinstance(self._failed, ModelMissing | ModelDamaged)
            return not self._writing and (fetchable if action == "fetch" else transcript is None)
        if action == "transcribe":
            return not self._writing and (transcript is None or transcript.draft)
        if action in ("again", "next", "finish"):
            there = self._sitting is not None
            return there and (action == "again" or self._more is (action == "next"))
        return True

    # Listening

    @work(group="hear", exit_on_error=False)
    async def _listen(self, span: Span) -> None:
        await self._listening.play(self.desk.parts.player, self._audio, span)

    @property
    def _audio(self) -> Path:
        return self.desk.parts.archive.audio_path(self._review.take.id)

    @work(group="hear", exit_on_error=False)
    async def action_listen(self) -> None:
        """Play, hold, go on."""
        await self._listening.toggle(self.desk.parts.player, self._audio, self._review.sound.seconds)

    @work(group="hear", exit_on_error=False)
    async def action_faster(self, by: int) -> None:
        """To the next speed."""
        await self._listening.faster(by, self.desk.parts.player, self._audio, self._review.sound.seconds)

    async def action_stop(self) -> None:
        """Silence, also for what has not begun to sound."""
        self.workers.cancel_group(self, "hear")
        await self._listening.stop()

    def on_play_from(self, message: PlayFrom) -> None:
        """From a word to the end."""
        self._listen(Span(max(0.0, message.seconds - _LEAD), self._review.sound.seconds))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a figure plays where it was heard."""
        span = self._remarks()[event.option_index].span
        if span is None:
            self.tell("This figure is about the whole answer: Space plays it.")
        else:
            end = min(self._review.sound.seconds, span.end + 2 * _LEAD)
            self._listen(Span(max(0.0, span.start - 2 * _LEAD), end))

    # Going on

    async def on_unmount(self) -> None:
        """Nothing is heard once the screen is left."""
        await self.action_stop()

    def action_again(self) -> None:
        """The same question once more."""
        if self._sitting is not None:
            self.post_message(Answer(self._sitting, again=True))

    @property
    def _more(self) -> bool:
        """Whether another question follows in this session."""
        return self._sitting is not None and self._sitting.more

    def action_next(self) -> None:
        """The next question."""
        if self._sitting is not None:
            self.post_message(Answer(self._sitting, again=False))

    def action_finish(self) -> None:
        """The end of the session, in words."""
        if self._sitting is None:
            return
        try:
            reviews = self.desk.parts.archive.reviews(session=self._sitting.session.id)
        except VivaError as error:
            self.tell(error)
        else:
            self.app.switch_screen(SummaryScreen(self.desk, reviews))

    @work(exit_on_error=False)
    async def action_export(self) -> None:
        """Write the take to a file."""
        take = self._review.take.id
        told = await self.app.push_screen_wait(ExportDialog(self.desk, [self._review], f"take-{take}"))
        if told is not None:
            self.tell(told)

    @work(exit_on_error=False)
    async def action_note(self) -> None:
        """Write something beside the take."""
        text = await self.app.push_screen_wait(Ask("A note on this answer", self._review.take.note))
        if text is not None:
            self._review = self.desk.parts.archive.note(self._review.take.id, text)
            self._show()


def _line(remark: Remark) -> Content:
    """A figure and its sentence; what can be heard says so."""
    heard = "▸ " if remark.span is not None else "  "
    figure = f": {remark.figure}" if remark.figure else ""
    return Content.assemble(heard, plain(f"{remark.about}{figure}", "bold"), " – ", plain(remark.sentence))


def _spaced(text: str) -> Content:
    """A line whose spaces count."""
    return Content(text)
