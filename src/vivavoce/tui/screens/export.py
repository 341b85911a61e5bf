"""Writing takes to a file of the user's choice; never over another one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from vivavoce.export import FORMATS, render
from vivavoce.model import Review
from vivavoce.practice import Desk
from vivavoce.text import clean
from vivavoce.tui.safe import plain

_ABOUT = {
    "txt": "text to read",
    "md": "Markdown, for notes",
    "json": "everything, for programs",
    "csv": "a table, for spreadsheets",
    "srt": "subtitles (SubRip)",
    "vtt": "subtitles (WebVTT)",
}


class ExportDialog(ModalScreen[str | None]):
    """Asks for the format and writes; the result is the sentence that says where, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", key_display="Esc")]

    def __init__(self, desk: Desk, reviews: Sequence[Review], name: str) -> None:
        super().__init__()
        self._folder = desk.locations.exports
        self._reviews = reviews
        self._name = name

    def compose(self) -> ComposeResult:
        """The formats, and where the file goes."""
        takes = "1 take" if len(self._reviews) == 1 else f"{len(self._reviews)} takes"
        with Vertical(classes="dialog"):
            yield Static(plain(f"Export {takes}", "bold"))
            yield OptionList(*(Option(plain(f"{form:<5} {_ABOUT[form]}", lines=True)) for form in FORMATS))
            yield Static(plain(f"Into {self._folder}"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Write it."""
        form = list(FORMATS)[event.option_index]
        try:
            place = self._written(form)
        except OSError as error:
            reason = clean(error.strerror or "the disk refused")
            self.dismiss(f"Not written: {reason}. Make room, or use `viva export --output`.")
        else:
            self.dismiss(f"Written to {clean(str(place))}.")

    def _written(self, form: str) -> Path:
        """The first name that is free; for this user's eyes alone. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = 1
        while True:
            suffix = "" if number == 1 else f"-{number}"
            path = self._folder / f"{self._name}{suffix}.{form}"
            try:
                file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                number += 1
                continue
            with os.fdopen(file, "wb") as output:
                output.write(render(self._reviews, form))
            return path

    def action_back(self) -> None:
        """Write nothing."""
        self.dismiss(None)
