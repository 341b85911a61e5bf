"""Small, honest stand-ins for the ports, with triggers for failures. They do what the ports promise, only faster.

`FakeMicrophone` writes real bytes into a real spool; `FakeSoundFiles` reads them back; `FakeDesk` holds a real archive.
"""

from __future__ import annotations

import asyncio
import random
import wave
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from vivavoce.archive import Archive
from vivavoce.errors import SettingsError, SoundFileError, VivaError, VoiceError
from vivavoce.locations import Locations
from vivavoce.model import (
    Capture,
    Ended,
    Gap,
    Interviewer,
    Kind,
    Lights,
    Pause,
    Question,
    Sound,
    Span,
    Transcript,
    Word,
)
from vivavoce.ports import Level, Measured, Rendering
from vivavoce.practice import Condition, Parts, Sitting, Sounding, State, Weights
from vivavoce.settings import Settings

RATE = 8000
"""Frames per second of everything fake."""


class FakeVoice:
    """Writes silence as long as the sentence would take; the same sentence is the same file."""

    def __init__(self, folder: Path, *, error: VivaError | None = None, notice: str = "") -> None:
        self.folder = folder
        self.error = error
        self.notice = notice
        self.said: list[tuple[str, float]] = []
        self._files: dict[tuple[str, float], Path] = {}

    async def render(self, text: str, interviewer: Interviewer, speed: float = 1.0) -> Rendering:
        self.said.append((text, speed))
        if self.error is not None:
            raise self.error
        if not any(character.isalnum() for character in text) or len(text) > 4000:
            raise VoiceError("This cannot be read aloud.", "Read it yourself.")
        frames = int(len(text.split()) * 60 / interviewer.rate / speed * RATE)
        audio = self._files.setdefault((text, speed), self.folder / f"said-{len(self._files) + 1}.wav")
        self.folder.mkdir(exist_ok=True)
        with wave.open(str(audio), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(bytes(frames * 2))
        audio.chmod(0o600)
        return Rendering(audio=audio, seconds=frames / RATE, engine="fake", notice=self.notice)


class FakePlayback:
    """Ends when its time is over, or when it is stopped."""

    def __init__(self, start: float, seconds: float, speed: float, error: VivaError | None) -> None:
        self._start, self._seconds, self._speed, self._error = start, seconds, speed, error
        self._left = seconds / speed
        self._since: float | None = asyncio.get_running_loop().time()
        self.stopped = False

    def _remaining(self) -> float:
        if self._since is None:
            return self._left
        return max(0.0, self._left - (asyncio.get_running_loop().time() - self._since))

    @property
    def position(self) -> float:
        return self._start + self._seconds - self._remaining() * self._speed

    @property
    def paused(self) -> bool:
        return self._since is None

    @property
    def ended(self) -> bool:
        return self.stopped or self._remaining() == 0

    async def pause(self) -> None:
        self._left, self._since = self._remaining(), None

    async def resume(self) -> None:
        self._since = asyncio.get_running_loop().time()

    async def stop(self) -> None:
        self.stopped = True

    async def wait(self) -> None:
        while not self.ended:
            await asyncio.sleep(0.005)
        if self._error is not None:
            raise self._error


class FakePlayer:
    """Remembers what it was asked to play; `seconds` is how long everything lasts."""

    def __init__(self, seconds: float = 0.05, *, error: VivaError | None = None) -> None:
        self.seconds = seconds
        self.error = error
        self.played: list[tuple[Path, Span | None, float]] = []
        self.playbacks: list[FakePlayback] = []

    async def play(self, audio: Path, span: Span | None = None, speed: float = 1.0) -> FakePlayback:
        if not audio.exists():
            raise SoundFileError("There is no such sound file.", "Record the answer again.")
        self.played.append((audio, span, speed))
        start = span.start if span is not None else 0.0
        self.playbacks.append(FakePlayback(start, self.seconds, speed, self.error))
        return self.playbacks[-1]


class FakeRecording:
    """Bytes that arrive faster than in life."""

    def __init__(self, microphone: FakeMicrophone, spool: Path | None, limit: float) -> None:
        self._microphone = microphone
        self._spool = spool
        self._limit = limit
        self._frames = 0
        self._why: Ended | None = None
        self._rng = random.Random(1)
        self._task = asyncio.create_task(self._record())

    @property
    def device(self) -> str:
        return self._microphone.name if self._frames else ""

    @property
    def rate(self) -> int | None:
        return RATE if self._frames else None

    @property
    def ended(self) -> bool:
        return self._task.done()

    @property
    def level(self) -> Level | None:
        if not self._frames:
            return None
        level = self._microphone.level
        return replace(level, seconds=self._frames / RATE, gaps=self._microphone.gaps)

    async def _record(self) -> None:
        await asyncio.sleep(self._microphone.delay)
        if self._spool is not None:
            self._spool.touch(mode=0o600, exist_ok=False)
        block = int(RATE * 0.01 * self._microphone.pace)
        while self._why is None:
            self._write(min(block, int(self._limit * RATE) - self._frames))
            if self._microphone.fails_after is not None and self._frames / RATE >= self._microphone.fails_after:
                self._why = self._microphone.fails_with
            elif self._frames >= int(self._limit * RATE):
                self._why = Ended.LIMIT
            else:
                await asyncio.sleep(0.01)

    def _write(self, frames: int) -> None:
        if self._spool is not None:
            with self._spool.open("ab") as file:
                file.write(self._rng.randbytes(frames * 2))
        self._frames += frames

    async def stop(self) -> Capture:
        if self._why is None:
            self._why = Ended.STOPPED
        return await self.wait()

    async def wait(self) -> Capture:
        await asyncio.shield(self._task)
        assert self._why is not None
        return Capture(self._microphone.name, RATE, self._frames, self._why, self._microphone.gaps)


class FakeMicrophone:
    """Records noise, `pace` times faster than real time."""

    def __init__(self, name: str = "Fake microphone", *, pace: float = 20.0) -> None:
        self._name = name
        self.pace = pace
        self.delay = 0.0
        """Seconds before the first block arrives."""
        self.level = Level(seconds=0, rms=-20, peak=-9, voice=0.5, loudest=-18)
        self.gaps: tuple[Gap, ...] = ()
        self.error: VivaError | None = None
        """Raised by `arm`."""
        self.fails_after: float | None = None
        self.fails_with = Ended.LOST
        self.armed: list[str] = []
        self.recordings: list[FakeRecording] = []

    @property
    def name(self) -> str:
        return self._name

    async def arm(self, question: Question) -> None:
        self.armed.append(question.id)
        if self.error is not None:
            raise self.error

    async def record(self, spool: Path | None, limit: float) -> FakeRecording:
        if self.error is not None:
            raise self.error
        self.recordings.append(FakeRecording(self, spool, limit))
        return self.recordings[-1]

    async def close(self) -> None:
        for recording in self.recordings:
            with suppress(VivaError):
                await recording.stop()


def _speaks(audio: Path) -> bool:
    """Whether anything is in a WAV file; what is no WAV file is taken for an answer."""
    data = audio.read_bytes()
    if not data.startswith(b"RIFF"):
        return True
    try:
        with wave.open(str(audio)) as file:
            return any(file.readframes(file.getnframes()))
    except (wave.Error, EOFError) as error:
        raise SoundFileError("This is no sound file.", "Record the answer again.") from error


class FakeRecogniser:
    """Hears the same words wherever there is sound."""

    def __init__(self, words: Sequence[Word] = (), *, name: str = "fake", draft: bool = False) -> None:
        self._name = name
        self.words = tuple(words)
        self.draft = draft
        self.error: VivaError | None = None
        self.held = asyncio.Event()
        """Clear it to keep transcriptions waiting."""
        self.held.set()
        self.heard: list[Path] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def model(self) -> str:
        return "fake.en"

    async def warm_up(self) -> None:
        if self.error is not None:
            raise self.error

    async def transcribe(self, audio: Path, progress: Callable[[float], None] | None = None) -> Transcript:
        if not audio.exists():
            raise SoundFileError("There is no such sound file.", "Record the answer again.")
        self.heard.append(audio)
        if progress is not None:
            progress(0.4)
        await self.held.wait()
        if self.error is not None:
            raise self.error
        if progress is not None:
            progress(1.0)
        words = self.words if _speaks(audio) else ()
        return Transcript(words, self._name, self.model, draft=self.draft)

    async def close(self) -> None:
        self.held.set()


class FakeSoundFiles:
    """Copies the spool; presumes a voice from the first tenth to the last, with one pause in the middle."""

    def __init__(self) -> None:
        self.error: VivaError | None = None

    async def finish(self, spool: Path, rate: int, audio: Path) -> Measured:
        if self.error is not None:
            raise self.error
        audio.write_bytes(spool.read_bytes())
        return self._measured(audio, rate)

    async def measure(self, audio: Path) -> Measured:
        if self.error is not None:
            raise self.error
        return self._measured(audio, RATE)

    @staticmethod
    def _measured(audio: Path, rate: int) -> Measured:
        frames = audio.stat().st_size // 2
        seconds = frames / rate
        voice = Span(seconds * 0.1, seconds * 0.9)
        pause = Pause(seconds * 0.5, seconds * 0.5 + min(0.3, seconds * 0.1))
        return Measured(frames, rate, Sound(seconds, voice, (pause,), -6.0, -20.0, 0.0, 40.0, int(seconds * 3)))


def question(number: int = 1, kind: Kind = Kind.BEHAVIOURAL, **changes: Any) -> Question:
    """A question with short times."""
    plain = Question(
        id=f"question-{number}",
        kind=kind,
        text=f"Tell me about the time when you did thing number {number}.",
        think=0.2,
        lights=Lights(green=2, amber=4, red=6, grace=1),
        listens_for="What you did yourself.",
        sample="Um, I did it, you know, in a week.",
    )
    return replace(plain, **changes)


INTERVIEWER = Interviewer(id="fake", name="Ms Fake", manner="Asks and waits.", openings=())


class FakeClock:
    """A time of day that moves one second at each look, so that ids and times differ."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


class FakeDesk:
    """A working place of fakes around a real archive in `folder`."""

    def __init__(self, folder: Path, questions: Sequence[Question] = (), words: Sequence[Word] = ()) -> None:
        self.locations = Locations(folder / "data", folder / "cache")
        self.locations.create()
        self.settings = Settings()
        self.questions = tuple(questions) or tuple(question(n, kind) for n, kind in enumerate(Kind, 1))
        self.interviewers = (INTERVIEWER, replace(INTERVIEWER, id="second", name="Mr Second"))
        self.problems: tuple[str, ...] = ()
        self.voice = FakeVoice(self.locations.speech)
        self.player = FakePlayer()
        self.microphone = FakeMicrophone()
        self.recogniser = FakeRecogniser(words)
        self.draft = FakeRecogniser(words, name="fake draft", draft=True)
        self.files = FakeSoundFiles()
        self.conditions = {
            part: State(part, Condition.READY, f"{part} is fine.")
            for part in ("Microphone", "Loudspeaker", "Voice", "Recogniser")
        }
        self.present = True
        self.fetching: list[tuple[int, int | None]] = [(500, 1000), (1000, 1000)]
        self.fetch_error: VivaError | None = None
        self.fetched: list[str] = []
        self.changes: list[dict[str, Any]] = []
        self.device_error: VivaError | None = None
        self.names = ("Built-in microphone", "USB headset")
        loop = asyncio.get_running_loop()
        self.parts = Parts(
            voice=self.voice,
            player=self.player,
            microphone=self.microphone,
            recogniser=self.recogniser,
            draft=self.draft,
            files=self.files,
            archive=Archive.open(self.locations, exclusive=True),
            owned=lambda _: False,
            now=FakeClock(),
            monotonic=loop.time,
        )

    def interviewer(self, name: str = "") -> Interviewer:
        found = [i for i in self.interviewers if not name or i.id == name]
        if not found:
            raise SettingsError("There is no such interviewer.", "Known are: fake, second.")
        return found[0]

    def sitting(
        self, *, kinds: Sequence[Kind] | None = None, questions: int | None = None, interviewer: str | None = None
    ) -> Sitting:
        allowed = [q for q in self.questions if not kinds or q.kind in kinds]
        chosen = tuple(allowed[: questions or self.settings.questions])
        return Sitting(
            lambda: self.parts, chosen, self.interviewer(interviewer or ""), tuple(kinds or ()), random.Random(1)
        )

    def sitting_on(self, question: Question) -> Sitting:
        return Sitting(lambda: self.parts, (question,), self.interviewer(), (), random.Random(1))

    async def states(self) -> tuple[State, ...]:
        return tuple(self.conditions.values())

    async def microphones(self) -> tuple[Sounding, ...]:
        return self._soundings()

    async def loudspeakers(self) -> tuple[Sounding, ...]:
        return self._soundings()

    def _soundings(self) -> tuple[Sounding, ...]:
        if self.device_error is not None:
            raise self.device_error
        return tuple(Sounding(name, default=index == 0) for index, name in enumerate(self.names))

    def weights(self) -> tuple[Weights, ...]:
        return tuple(
            Weights(
                name, self.present, size, f"/nowhere/{name}.pt", f"https://example.org/{name}.pt", name == "base.en"
            )
            for name, size in (("tiny.en", 76), ("base.en", 145))
        )

    async def fetch(self, model: str, progress: Callable[[int, int | None], None]) -> None:
        for done, total in self.fetching:
            progress(done, total)
            await asyncio.sleep(0.01)
        if self.fetch_error is not None:
            raise self.fetch_error
        self.fetched.append(model)

    async def change(self, **changes: Any) -> None:
        self.changes.append(changes)
        self.settings = replace(self.settings, **changes)

    async def close(self) -> None:
        await self.microphone.close()
        self.parts.archive.close()
