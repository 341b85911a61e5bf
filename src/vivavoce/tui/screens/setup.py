"""Set-up: microphone with a live level, loudspeaker, interviewer, model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from vivavoce.errors import VivaError
from vivavoce.practice import Sounding, Weights, advice
from vivavoce.text import clean
from vivavoce.tui.safe import plain
from vivavoce.tui.screens.choosing import ChoosingScreen
from vivavoce.tui.screens.dialogs import Ask, Choose
from vivavoce.tui.screens.fetch import FetchScreen
from vivavoce.tui.widgets.meter import LevelMeter

_POLL = 1 / 20
_LONGEST = 120.0
"""Seconds of a level test; it keeps nothing."""

_SENTENCE = "This is how I sound. If you can hear me well, you are ready."
_SYSTEM = "the system’s own choice"


class SetupScreen(ChoosingScreen):
    """What is chosen now, a key for each, and the level of the chosen microphone while this screen is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "microphone", "Microphone"),
        Binding("l", "loudspeaker", "Loudspeaker"),
        Binding("h", "hear", "Hear"),
        Binding("c", "colours", "Colours", show=False),
        Binding("w", "model", "Model"),
        Binding("f", "fetch", "Fetch"),
        Binding("escape", "back", "Back", key_display="Esc"),
    ]

    def compose(self) -> ComposeResult:
        """The choices, then the level."""
        with Vertical(classes="page"):
            yield Static(plain("Set-up", "bold"), classes="title")
            yield Static(id="choices")
            yield Static(plain("\nLevel of the microphone; nothing is kept. Say something:", lines=True))
            yield LevelMeter(id="meter")
            yield Static(id="advice")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show the choices and open the microphone."""
        self.draw()
        self._watch()

    async def on_unmount(self) -> None:
        """The microphone is closed with the screen."""
        self.workers.cancel_group(self, "level")
        await self.desk.parts.microphone.close()

    def draw(self) -> None:
        """Show the choices as they are now."""
        settings = self.desk.settings
        try:
            who = self.desk.interviewer().name
        except VivaError as error:
            who = str(error)
        microphone = clean(settings.microphone or settings.device or _SYSTEM)
        weights = {w.name: w for w in self.desk.weights()}.get(settings.model)
        there = "" if weights is None else ", on this machine" if weights.present else ", not on this machine"
        lines = [
            f"m  Microphone   {microphone}",
            f"l  Loudspeaker  {clean(settings.loudspeaker or _SYSTEM)}",
            f"i  Interviewer  {who}",
            f"w  Whisper      {clean(settings.model)}{there}",
            f"n  Questions    {settings.questions} in a session",
            f"v  Text         {self.shown_text}",
            f"c  Colours      {'dark' if self.app.current_theme.dark else 'light'}",
        ]
        self.query_one("#choices", Static).update(Content("\n").join(plain(line, lines=True) for line in lines))

    # The level

    @work(exclusive=True, group="level", exit_on_error=False)
    async def _watch(self) -> None:
        """Show the level of the chosen microphone until the screen or the choice is left."""
        microphone = self.desk.parts.microphone
        try:
            if self.desk.settings.microphone == "demo":
                self._say("The demo microphone speaks only when it is asked a question.")
                return
            self._say("Opening the microphone …")
            recording = await microphone.record(None, _LONGEST)
            while not recording.ended:
                self.query_one(LevelMeter).show(recording.level, recording.device)
                self._say(advice(recording.level))
                await asyncio.sleep(_POLL)
            await recording.stop()
            self._say("The level test has ended; choose a microphone (m) to test again.")
        except VivaError as error:
            self._say(str(error))
        finally:
            with suppress(VivaError):
                await microphone.close()

    def _say(self, sentence: str) -> None:
        self.query_one("#advice", Static).update(plain(sentence))

    # Choices

    @work(exit_on_error=False)
    async def action_microphone(self) -> None:
        """By name, the demo, or a sound file."""
        more = [("demo", "The demo microphone: a second voice answers"), ("file", "A sound file instead of one …")]
        try:
            found = await self.desk.microphones()
        except VivaError as error:
            self.tell(error)
            found = ()
        chosen = await self.app.push_screen_wait(Choose("Which microphone?", [*_listed(found), *more]))
        if chosen == "file":
            path = await self.app.push_screen_wait(Ask("The path of a sound file", ""))
            place = Path(path).expanduser() if path else None
            if place is not None and not place.is_file():
                self.tell("There is no such file; nothing was changed.")
            elif place is not None:
                await self._test(microphone=str(place))
        elif chosen == "demo":
            await self._test(microphone="demo")
        elif chosen is not None:
            await self._test(microphone="", device=chosen.removeprefix("="))

    @work(exit_on_error=False)
    async def action_loudspeaker(self) -> None:
        """By name."""
        try:
            found = await self.desk.loudspeakers()
        except VivaError as error:
            self.tell(error)
            return
        chosen = await self.app.push_screen_wait(Choose("Which loudspeaker?", _listed(found)))
        if chosen is not None:
            await self._test(loudspeaker=chosen.removeprefix("="))

    def met(self) -> None:
        """The test sentence is heard at once."""
        self._watch()
        self.action_hear()

    async def action_colours(self) -> None:
        """Change between light and dark."""
        await self.app.run_action("light")
        self.draw()

    @work(exclusive=True, group="hear", exit_on_error=False)
    async def action_hear(self) -> None:
        """The interviewer's voice on the chosen loudspeaker."""
        try:
            rendering = await self.desk.parts.voice.render(_SENTENCE, self.desk.interviewer())
            if rendering.notice:
                self.tell(rendering.notice)
            playback = await self.desk.parts.player.play(rendering.audio)
            try:
                await playback.wait()
            finally:
                await playback.stop()
        except VivaError as error:
            self.tell(error)

    @work(exit_on_error=False)
    async def action_model(self) -> None:
        """Which of Whisper's models writes answers down."""
        models = [(w.name, _about(w)) for w in self.desk.weights()]
        chosen = await self.app.push_screen_wait(Choose("Which Whisper model?", models))
        if chosen is not None:
            await self._test(model=chosen)

    @work(exit_on_error=False)
    async def action_fetch(self) -> None:
        """Fetch the chosen model's weights, once they were agreed to."""
        await self.app.push_screen_wait(FetchScreen(self.desk, self.desk.settings.model))
        self.draw()

    async def _test(self, **changes: str) -> None:
        """Keep a choice that makes the parts anew, and open the microphone again."""
        await self.change(**changes)
        self._watch()


def _listed(found: Sequence[Sounding]) -> list[tuple[str, str]]:
    """The system's own choice first; the mark keeps a device that is called `demo` from being taken for the demo."""
    named = [(f"={one.name}", f"{one.name}{' (the system’s)' if one.default else ''}") for one in found]
    return [("=", _SYSTEM[0].upper() + _SYSTEM[1:]), *named]


def _about(weights: Weights) -> str:
    size = f"about {weights.size} MB" if weights.size else "size not known"
    state = "on this machine" if weights.present else f"not here, {size}"
    return f"{'●' if weights.chosen else ' '} {weights.name}: {state}"
