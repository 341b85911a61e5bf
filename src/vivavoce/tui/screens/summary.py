"""The end of a session, in words: what was said in it, and what still waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, Static

from vivavoce.delivery import clock
from vivavoce.model import Review
from vivavoce.practice import Desk
from vivavoce.text import shorten
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.base import DeskScreen


class SummaryScreen(DeskScreen):
    """The takes of a session, given newest first and told in the order in which they were spoken."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape", "back", "Home", key_display="Enter")]

    def __init__(self, desk: Desk, reviews: Sequence[Review]) -> None:
        super().__init__(desk)
        self._reviews = tuple(reversed(reviews))

    def compose(self) -> ComposeResult:
        """How much, each take, what to do about those that wait."""
        with VerticalScroll(classes="page"):
            yield Static(plain("That was the session", "bold"), classes="title")
            yield Static(plain(_told(self._reviews)), classes="title")
            for review in self._reviews:
                yield Static(plain(_line(review), lines=True))
            yield Static(plain(_waiting(self._reviews), lines=True))
        yield Footer(show_command_palette=False, compact=True)


def _told(reviews: Sequence[Review]) -> str:
    takes = "1 take" if len(reviews) == 1 else f"{len(reviews)} takes"
    spoken = sum(review.delivery.answer or 0.0 for review in reviews)
    return f"{takes}, {clock(spoken)} of speaking from the first words to the last."


def _line(review: Review) -> str:
    answer = review.delivery.answer
    length = clock(answer) if answer is not None else "no voice"
    return f"{length:>8}  {shorten(review.take.question.text, 64)}"


def _waiting(reviews: Sequence[Review]) -> str:
    """What is not written down, and where that is done."""
    waiting = sum(review.transcript is None for review in reviews)
    return f"\n{waiting} not written down yet: in Past takes, w does it." if waiting else ""
