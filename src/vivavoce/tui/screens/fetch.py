"""Fetching Whisper's weights: told, asked, shown, and to be stopped at any time."""

from __future__ import annotations

import asyncio
import time
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from vivavoce.delivery import clock
from vivavoce.errors import VivaError
from vivavoce.practice import Desk, Weights
from vivavoce.tui.safe import plain


class FetchScreen(ModalScreen[bool]):
    """True once the weights are on this machine."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "fetch", "Fetch"),
        Binding("escape,n", "back", "Not now, or stop", key_display="Esc"),
    ]

    def __init__(self, desk: Desk, model: str) -> None:
        super().__init__()
        self._desk = desk
        self._model = model
        self._done = 0
        self._total: int | None = None
        self._first: int | None = None
        self._since = 0.0
        self._fetching = False
        self._offered: Weights | None = next((w for w in desk.weights() if w.name == model), None)

    def compose(self) -> ComposeResult:
        """Size, address and place first; then progress."""
        with Vertical(classes="dialog"):
            yield Static(plain(f"Fetch the weights of Whisper {self._model}?", "bold"))
            yield Static(plain(self._terms(), lines=True), id="terms")
            yield Static("", id="progress")
            yes = "\ny    fetch them now" if self._offered is not None else ""
            yield Static(plain(f"{yes}\nEsc  not now (what was fetched is kept)", lines=True))

    def _terms(self) -> str:
        found = self._offered
        if found is None:
            return "This is none of the models that Whisper's makers offer: choose one in Set-up."
        size = f"about {found.size} MB" if found.size else "of unknown size"
        return (
            f"A file {size}, once, from\n{found.address}\nto\n{found.place}\n"
            "It is the only thing that Viva Voce ever fetches."
        )

    def on_mount(self) -> None:
        """Look at the progress five times a second."""
        self.set_interval(0.2, self._show)

    def action_fetch(self) -> None:
        """Yes was said."""
        if not self._fetching and self._offered is not None:
            self._fetching, self._first = True, None
            self._since = time.monotonic()
            self.query_one("#progress", Static).update(plain("Asking for it …"))
            self._fetch()

    @work  # what is no VivaError ends the program, with a sentence
    async def _fetch(self) -> None:
        try:
            await self._desk.fetch(self._model, self._note)
        except VivaError as error:
            self._fetching = False
            self.query_one("#progress", Static).update(plain(str(error), lines=True))
            return
        except asyncio.CancelledError:
            return
        self.dismiss(True)

    def _note(self, done: int, total: int | None) -> None:
        self._first = done if self._first is None else self._first
        self._done, self._total = done, total

    def _show(self) -> None:
        if not self._fetching or self._first is None:
            return
        speed = (self._done - self._first) / max(time.monotonic() - self._since, 0.1)
        text = f"{self._done / 1e6:.1f} MB"
        if self._total:
            text += f" of {self._total / 1e6:.0f} MB ({self._done / self._total:.0%})"
        if speed > 0:
            text += f", {speed / 1e6:.1f} MB/s"
        if self._total and speed > 0:
            text += f", about {clock((self._total - self._done) / speed)} left"
        self.query_one("#progress", Static).update(plain(text))

    def action_back(self) -> None:
        """Stop; what was fetched is kept for the next try."""
        self.workers.cancel_node(self)
        self.dismiss(False)
