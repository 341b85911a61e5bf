"""The words of a take: fillers marked, a cursor that goes from word to word, the word being heard."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from vivavoce.delivery import mark
from vivavoce.model import Review, Word
from vivavoce.text import clean
from vivavoce.tui.messages import PlayFrom
from vivavoce.tui.safe import plain


class TranscriptView(Static, can_focus=True):
    """Arrows move the cursor, Enter plays from its word. Fillers stand between «guillemets»: that needs no colour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Word back", show=False),
        Binding("right", "move(1)", "Word on", show=False),
        Binding("up", "line(-1)", "Line up", show=False),
        Binding("down", "line(1)", "Line down", show=False),
        Binding("enter", "play", "From word", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[Word, ...] = ()
        self._texts: list[tuple[str, bool]] = []
        self._cursor = 0
        self._heard: int | None = None

    def show(self, review: Review) -> None:
        """Show the words of this review, or why there are none."""
        transcript = review.transcript
        self._words = transcript.words if transcript is not None else ()
        fillers = review.delivery.fillers or ()
        self._texts = mark(transcript, fillers) if transcript is not None else []
        opening, closing = {f.first for f in fillers}, {f.last for f in fillers}
        self._texts = [
            (f"{'«' * (i in opening)}{clean(text)}{'»' * (i in closing)}", filling)
            for i, (text, filling) in enumerate(self._texts)
        ]
        self._cursor = min(self._cursor, max(0, len(self._words) - 1))
        self._draw()

    def say(self, sentence: str) -> None:
        """Show a sentence in place of words."""
        self._words, self._texts = (), []
        self.update(plain(sentence, lines=True))

    def hearing(self, seconds: float | None) -> None:
        """Mark the word that is being heard at this moment."""
        heard = next((i for i, w in enumerate(self._words) if seconds is not None and w.start <= seconds < w.end), None)
        if heard != self._heard:
            self._heard = heard
            self._draw()
            if heard is not None:
                self.scroll_visible_line(self._lines()[heard])

    def _draw(self) -> None:
        if not self._words:
            return
        parts: list[Content] = []
        for index, (text, filling) in enumerate(self._texts):
            styles = ["bold underline"] * filling + ["reverse"] * (index == self._cursor and self.has_focus)
            styles += ["bold on $primary-muted"] * (index == self._heard)
            parts.append(plain(text, " ".join(styles)))
        self.update(Content(" ").join(parts))

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor shows and hides; the events of the focus come before it is known."""
        super().watch_has_focus(has_focus)
        self._draw()

    def action_move(self, by: int) -> None:
        """To another word."""
        if self._words:
            self._cursor = min(max(self._cursor + by, 0), len(self._words) - 1)
            self._draw()
            self.scroll_visible_line(self._lines()[self._cursor])

    def scroll_visible_line(self, line: int) -> None:
        """Keep the cursor's line on the screen."""
        if self.parent is not None and hasattr(self.parent, "scroll_to_region"):
            self.parent.scroll_to_region(Region(0, line, 1, 1), animate=False)

    def action_line(self, by: int) -> None:
        """To the word above or below, as near as may be."""
        lines = self._lines()
        wanted = lines[self._cursor] + by if lines else 0
        there = [index for index, line in enumerate(lines) if line == wanted]
        if there:
            offset = self._cursor - lines.index(lines[self._cursor])
            self.action_move(there[min(offset, len(there) - 1)] - self._cursor)

    def _lines(self) -> list[int]:
        """The line of each word."""
        return line_numbers([text for text, _ in self._texts], max(1, self.size.width))

    def action_play(self) -> None:
        """Ask for the take from here on."""
        if self._words:
            self.post_message(PlayFrom(self._words[self._cursor].start))


def line_numbers(words: Sequence[str], width: int) -> list[int]:
    """The line in which each word begins when Textual wraps them: found by counting what is no space."""
    wrapped = Content(" ".join(words)).wrap(width)
    ends = list(accumulate(_solid(line.plain) for line in wrapped))
    begins = accumulate((_solid(word) for word in words[:-1]), initial=0)
    return [min(bisect_right(ends, begin), len(ends) - 1) for begin in begins]


def _solid(text: str) -> int:
    return sum(not character.isspace() for character in text)
