"""The same session line by line: for screen readers, pipes and dumb terminals.

Question, Enter, answer, Enter, result. Important words come first in each line, nothing is drawn twice.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from vivavoce.archive import Orphan
from vivavoce.delivery import clock
from vivavoce.errors import VivaError
from vivavoce.export import render
from vivavoce.model import Light, Review
from vivavoce.practice import (
    OVER,
    Attempt,
    Command,
    Desk,
    Phase,
    Sitting,
    Transcriber,
    advice,
    discard,
    orphans,
    recover,
)
from vivavoce.text import clean

_LIGHTS = {
    Light.GREEN: "Green: enough said.",
    Light.AMBER: "Amber: wrap up.",
    Light.RED: "Red: time is up.",
}

_POLL = 0.05
"""Seconds between two looks at a running attempt."""

Say = Callable[[str], None]


class Lines:
    """Lines from standard input, read beside the event loop."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with suppress(RuntimeError):  # the loop may be gone by then
            for line in sys.stdin:
                self._loop.call_soon_threadsafe(self._queue.put_nowait, line.strip().lower())
            self._loop.call_soon_threadsafe(self._queue.put_nowait, None)

    def put(self, line: str) -> None:
        """As if it had been typed."""
        self._queue.put_nowait(line)

    def waiting(self) -> str | None:
        """A line that has been typed, or None where there is none; the end of the input is no line."""
        return None if self._queue.empty() else self._taken(self._queue.get_nowait())

    async def next(self) -> str:
        """The next line; empty ones without end once the input has ended."""
        return self._taken(await self._queue.get()) or ""

    def _taken(self, line: str | None) -> str | None:
        if line is None:
            self._queue.put_nowait(None)  # the end stays the end
        return line


class PlainSession:
    """One session on lines of text. `run` returns the exit status."""

    def __init__(self, desk: Desk, sitting: Sitting, say: Say, lines: Lines) -> None:
        self._desk = desk
        self._sitting = sitting
        self._say: Say = lambda text: say(clean(text, lines=True))
        self._lines = lines
        self._failures = 0
        self._attempt: Attempt | None = None
        self._leaving = False
        self._writing: asyncio.Task[Review] | None = None

    def leave(self) -> None:
        """End soon: what was said so far is kept. May be called from a signal handler of the loop."""
        self._leaving = True
        self._lines.put("q")
        if self._attempt is not None:
            self._attempt.tell(Command.LEAVE)
        if self._writing is not None:
            self._writing.cancel()

    async def run(self) -> int:
        """What was cut short first, then all questions, one after the other; 0 when none failed."""
        for orphan in orphans(self._desk.parts):
            await self._offer(orphan)
        choice = ""
        while not self._leaving and choice != "q" and (choice == "a" or self._sitting.more):
            self._attempt = self._sitting.attempt() if choice == "a" else self._sitting.advance()
            kept = await self._answered(self._attempt)
            choice = await self._after(kept) if kept is not None and not self._leaving else ""
        self._say("That was the session. Everything you said is in `viva takes`.")
        return 1 if self._failures else 0

    async def _offer(self, orphan: Orphan) -> None:
        """A recording that was cut short: keep it, throw it away, or decide later."""
        self._say(f"Recovered answer, {clock(orphan.seconds)}, to: {orphan.question.text}")
        self._say("k: keep it. d: throw it away. Enter: decide later.")
        line = await self._lines.next()
        try:
            if line[:1] == "k":
                review = await recover(self._desk.parts, orphan)
                self._say(f"Kept as take {review.take.id}.")
            elif line[:1] == "d":
                discard(self._desk.parts, orphan)
                self._say("Thrown away.")
        except VivaError as error:
            self._failures += 1
            self._say(str(error))

    async def _answered(self, attempt: Attempt) -> Review | None:
        question = attempt.question
        self._say("")
        self._say(f"Question {self._sitting.number} of {len(self._sitting.questions)}, {question.kind}:")
        self._say(question.text)
        self._say("Press Enter to answer. Type s and Enter to skip, r and Enter to hear it again.")
        running = asyncio.create_task(attempt.run(self._sitting.look_ahead))
        try:
            await self._watch(attempt, running)
        finally:
            if not running.done():
                attempt.tell(Command.LEAVE)
            await running
        return await self._outcome(attempt)

    async def _watch(self, attempt: Attempt, running: asyncio.Task[Phase]) -> None:
        """Say what changes, obey what is typed, until the attempt is over."""
        said: set[str] = set()
        while not running.done() and attempt.phase not in OVER:
            for sentence in _news(attempt):
                if sentence and sentence not in said:
                    said.add(sentence)
                    self._say(sentence)
            line = self._lines.waiting()
            if line is not None:
                attempt.tell(_command(attempt.phase, line))
            await asyncio.sleep(_POLL)

    async def _outcome(self, attempt: Attempt) -> Review | None:
        if attempt.phase is Phase.FAILED and attempt.error is not None:
            self._failures += 1
            self._say(str(attempt.error))
        if attempt.review is None:
            return None
        review = attempt.review if self._leaving else await self._transcribed(attempt.review)
        self._say(render([review], "txt").decode("utf-8"))
        return review

    async def _transcribed(self, review: Review) -> Review:
        self._say("Saved. Writing down what you said ...")
        self._writing = asyncio.create_task(Transcriber(self._desk.parts).transcribe(review.take.id))
        await asyncio.wait([self._writing])
        if self._writing.cancelled():
            self._say("Not transcribed yet: `viva transcribe --pending` does it later.")
            return review
        error = self._writing.exception()
        if isinstance(error, VivaError):
            self._say(f"Not transcribed: {error}")
            return review
        return self._writing.result()

    async def _after(self, review: Review) -> str:
        """What comes next: "" for the next question, "a" for another go, "q" to leave."""
        self._say("Enter: next question. a: again. r: hear your answer. q: leave.")
        while True:
            line = await self._lines.next()
            if line == "r":
                await self._replay(review)
            else:
                return line[:1] if line[:1] in ("a", "q") else ""

    async def _replay(self, review: Review) -> None:
        try:
            playback = await self._desk.parts.player.play(self._desk.parts.archive.audio_path(review.take.id))
            await playback.wait()
        except VivaError as error:
            self._say(str(error))


def _news(attempt: Attempt) -> list[str]:
    """Sentences that are true now; each is said once."""
    if attempt.phase is Phase.THINKING:
        return [f"Think: {attempt.question.think:.0f} seconds, not recorded. Enter starts your answer.", attempt.notice]
    if attempt.phase is Phase.ANSWERING and attempt.level is not None:
        light = _LIGHTS.get(attempt.light, "")
        return [f"Recording on {attempt.device}. Enter stops.", light, advice(attempt.level)]
    return [attempt.notice]


def _command(phase: Phase, line: str) -> Command:
    if phase is Phase.ANSWERING:
        return Command.GO_ON
    return {"s": Command.SKIP, "r": Command.REPEAT}.get(line[:1], Command.START)
