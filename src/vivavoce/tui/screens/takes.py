"""Everything that was recorded: open, hear, export, delete, write down."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from vivavoce.archive import Entry, Written
from vivavoce.delivery import clock
from vivavoce.errors import RecogniserError, VivaError
from vivavoce.model import Review
from vivavoce.practice import Desk, Transcriber
from vivavoce.text import shorten
from vivavoce.tui.listening import Listening
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.base import DeskScreen
from vivavoce.tui.screens.dialogs import Choose, Confirm
from vivavoce.tui.screens.export import ExportDialog
from vivavoce.tui.screens.review import ReviewScreen

_WRITTEN = {Written.NONE: "not written", Written.DRAFT: "rough draft", Written.WHOLE: ""}

_HEADINGS = "When              Length  Words        Pace  Question"
_BEFORE_QUESTION = 45
"""Columns that stand before the question."""


class TakesScreen(DeskScreen):
    """A list, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", key_display="Enter", priority=True),
        Binding("space", "listen", "Hear", key_display="Space"),
        Binding("e", "export", "Export"),
        Binding("d", "delete", "Delete"),
        Binding("w", "write", "Write down"),
        Binding("escape", "back", "Back", key_display="Esc"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._entries: tuple[Entry, ...] = ()
        self._listening = Listening()

    def compose(self) -> ComposeResult:
        """Heading, list, more about the take under the cursor, what is going on."""
        with Vertical(classes="page"):
            yield Static(plain(_HEADINGS, "bold", lines=True))
            yield OptionList(id="takes")
            yield Static(id="detail")
            yield Static(id="going-on")
        yield Footer(show_command_palette=False, compact=True)

    def on_screen_resume(self) -> None:
        """Also when a take was opened and changed."""
        self._fill()
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Questions are cut to the width."""
        self._fill()

    def _fill(self) -> None:
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        try:
            self._entries = self.desk.parts.archive.history()
        except VivaError as error:
            self.tell(error)
        width = max(20, self.size.width - _BEFORE_QUESTION - 6)
        listed.clear_options()
        listed.add_options([Option(_line(entry, width)) for entry in self._entries])
        if self._entries:
            listed.highlighted = min(at, len(self._entries) - 1)
        else:
            self.query_one("#detail", Static).update("")
            self._say("Nothing has been recorded yet. Esc goes back, Enter there starts a session.")

    def on_option_list_option_highlighted(self) -> None:
        """What has no room on the take's line."""
        if (entry := self._here) is not None:
            try:
                told = _about(self.desk.parts.archive.review(entry.id))
            except VivaError as error:
                told = str(error)
            self.query_one("#detail", Static).update(plain(told, lines=True))

    def _say(self, sentence: str) -> None:
        self.query_one("#going-on", Static).update(plain(sentence))

    @property
    def _here(self) -> Entry | None:
        at = self.query_one(OptionList).highlighted
        return self._entries[at] if at is not None and at < len(self._entries) else None

    def on_option_list_option_selected(self) -> None:
        """A click."""
        self.action_open()

    def action_open(self) -> None:
        """Its review."""
        if (entry := self._here) is not None:
            try:
                self.app.push_screen(ReviewScreen(self.desk, self.desk.parts.archive.review(entry.id)))
            except VivaError as error:
                self.tell(error)

    async def action_listen(self) -> None:
        """Hear it, or stop hearing it."""
        if self._listening.playing:
            await self._listening.stop()
        elif (entry := self._here) is not None:
            try:
                await self._listening.play(self.desk.parts.player, self.desk.parts.archive.audio_path(entry.id))
            except VivaError as error:
                self.tell(error)

    async def on_screen_suspend(self) -> None:
        """Nothing is heard under another screen."""
        await self._listening.stop()

    async def on_unmount(self) -> None:
        """Nor after this one."""
        await self._listening.stop()

    @work(exit_on_error=False)
    async def action_export(self) -> None:
        """One take, its session, or everything."""
        if (entry := self._here) is None:
            return
        ways = [("take", "This take"), ("session", "Its whole session"), ("all", "Everything")]
        what = await self.app.push_screen_wait(Choose("Export what?", ways))
        archive = self.desk.parts.archive
        if what is None:
            return
        reviews: tuple[Review, ...]
        if what == "take":
            reviews, name = (archive.review(entry.id),), f"take-{entry.id}"
        elif what == "session":
            reviews, name = archive.reviews(session=entry.session), f"session-{entry.session}"
        else:
            reviews, name = archive.reviews(), "all-takes"
        told = await self.app.push_screen_wait(ExportDialog(self.desk, reviews, name))
        if told is not None:
            self.tell(told)

    @work(exit_on_error=False)
    async def action_delete(self) -> None:
        """Remove a take for good, if that is meant."""
        if (entry := self._here) is None:
            return
        question = f"Delete the take of {entry.started:%Y-%m-%d %H:%M}, its recording included? It cannot be undone."
        if await self.app.push_screen_wait(Confirm(question, "delete it", "keep it")):
            await self._listening.stop()
            try:
                self.desk.parts.archive.delete(entry.id)
            except VivaError as error:
                self.tell(error)
            self._fill()

    @work(exclusive=True, group="write", exit_on_error=False)
    async def action_write(self) -> None:
        """Write down everything that waits, oldest first."""
        waiting = self.desk.parts.archive.pending()
        failures: list[VivaError] = []
        for number, take in enumerate(waiting, 1):
            try:
                await self._written(take.id, f"Writing down {number} of {len(waiting)}")
            except RecogniserError as error:
                self._say(str(error))  # it would say the same of every other take
                return
            except VivaError as error:
                failures.append(error)  # a recording that cannot be read must not keep the others waiting
            self._fill()
        done = f"{len(waiting) - len(failures)} of {len(waiting)} written down." if waiting else "No take is waiting."
        self._say(f"{done} {failures[0]}" if failures else done)

    async def _written(self, take_id: str, what: str) -> None:
        self._say(f"{what} …")
        transcriber = Transcriber(self.desk.parts)
        await transcriber.transcribe(take_id, progress=lambda share: self._say(f"{what} … {share:.0%}"))


def _line(entry: Entry, width: int) -> Content:
    """One take on one line; a pace that was estimated from the sound says so."""
    words = f"{entry.words} words" if entry.words is not None else _WRITTEN[entry.written]
    about = "" if entry.written is Written.WHOLE else "~"
    pace = f"{about}{entry.pace:.0f}" if entry.pace is not None else ""
    columns = f"{entry.started:%Y-%m-%d %H:%M}  {clock(entry.seconds):>6}  {words:<11}  {pace:>4}  "
    return Content.assemble(columns, plain(shorten(entry.asked, width)))


def _about(review: Review) -> str:
    """The question and what went wrong in the recording, in whole sentences."""
    take = review.take
    missing = sum(gap.missing for gap in take.capture.gaps)
    gaps = f" The device dropped {missing:.1f} s of sound." if take.capture.gaps else ""
    note = f"\nYour note: {shorten(take.note, 70)}" if take.note else ""
    return f"\n{shorten(take.question.text, 150)}\nRecorded on {shorten(take.capture.device, 40)}.{gaps}{note}"
