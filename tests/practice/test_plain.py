import asyncio
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.fakes import FakeDesk, question
from vivavoce.errors import ModelMissing, NoMicrophone
from vivavoce.model import Word
from vivavoce.plain import Lines, PlainSession


class Typed:
    """Lines that are typed when a text has been said."""

    def __init__(self, script: Iterable[tuple[str, str]]) -> None:
        self.script = list(script)
        self.said: list[str] = []
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)
        if self.script and self.script[0][0] in text:
            self.lines.append(self.script.pop(0)[1])

    def put(self, line: str) -> None:
        self.lines.append(line)

    def waiting(self) -> str | None:
        return self.lines.pop(0) if self.lines else None

    async def next(self) -> str:
        while not self.lines:
            await asyncio.sleep(0.005)
        return self.lines.pop(0)

    @property
    def text(self) -> str:
        return "\n".join(self.said)


@pytest.fixture
def session(desk: FakeDesk) -> Callable[..., tuple[PlainSession, Typed]]:
    def made(*script: tuple[str, str], questions: int = 1) -> tuple[PlainSession, Typed]:
        typed = Typed(script)
        sitting = desk.sitting(questions=questions)
        return PlainSession(desk, sitting, typed.say, typed), typed  # type: ignore[arg-type]

    return made


ANSWER = (("Press Enter to answer", ""), ("Recording on", ""))


async def test_question_enter_answer_enter_result(desk: FakeDesk, session) -> None:
    desk.recogniser.words = (Word("Well,", 1, 1.2), Word("yes.", 1.3, 1.6))
    plain, typed = session(*ANSWER, ("Enter: next", ""))
    assert await plain.run() == 0
    assert "Question 1 of 1, warm-up:" in typed.text
    assert "thing number 1" in typed.text
    assert "Well, yes." in typed.text
    assert len(desk.parts.archive.reviews()) == 1


async def test_without_weights_the_sound_alone_is_told(desk: FakeDesk, session) -> None:
    desk.recogniser.error = ModelMissing("No weights here.", "Fetch them.")
    plain, typed = session(*ANSWER, ("Enter: next", ""))
    assert await plain.run() == 0
    assert "Not transcribed: No weights here. Fetch them." in typed.text


async def test_no_microphone_ends_with_an_honest_status(desk: FakeDesk, session) -> None:
    desk.microphone.error = NoMicrophone("No input device.", "Plug one in.")
    plain, typed = session(("Press Enter to answer", ""))
    assert await plain.run() == 1
    assert "No input device. Plug one in." in typed.text


async def test_again_hear_skip_and_leave(desk: FakeDesk, session) -> None:
    script = (*ANSWER, ("Enter: next", "r"), *ANSWER, ("Enter: next", ""), ("Question 2", "s"), ("Question 3", "q"))
    plain, typed = session(*script, questions=3)
    typed.script.insert(3, ("never said", ""))
    del typed.script[3]
    running = asyncio.create_task(plain.run())
    while len(desk.player.played) < 2:
        await asyncio.sleep(0.005)
    assert desk.player.played[1][0].suffix == ".flac", "r plays the answer"
    typed.put("a")
    while len(desk.parts.archive.reviews()) < 2:
        await asyncio.sleep(0.005)
    plain.leave()
    assert await running == 0


async def test_leaving_while_recording_keeps_what_was_said(desk: FakeDesk, session) -> None:
    plain, typed = session(ANSWER[0])
    running = asyncio.create_task(plain.run())
    while "Recording on" not in typed.text:
        await asyncio.sleep(0.005)
    plain.leave()
    assert await running == 0
    assert len(desk.parts.archive.reviews()) == 1


async def test_each_light_is_said_once(desk: FakeDesk, session) -> None:
    plain, typed = session(ANSWER[0], ("Enter: next", ""))
    await plain.run()
    for sentence in ("Green: enough said.", "Amber: wrap up.", "Red: time is up."):
        assert typed.said.count(sentence) == 1


async def test_a_hostile_question_is_only_text(tmp_path: Path, desk: FakeDesk) -> None:
    desk.questions = (question(text="Why\x1b]0;owned\x07 [b]me[/b]?"),)
    typed = Typed((ANSWER[0], ANSWER[1], ("Enter: next", "")))
    await PlainSession(desk, desk.sitting(questions=1), typed.say, typed).run()  # type: ignore[arg-type]
    assert "\x1b" not in typed.text
    assert "Why [b]me[/b]?" in typed.text


async def test_lines_typed_before_the_end_of_the_input_still_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\nA\n"))
    lines = Lines()
    await asyncio.sleep(0.1)
    assert lines.waiting() == ""
    assert lines.waiting() == "a"
    assert lines.waiting() is None, "the end of the input is no line"
    assert await lines.next() == ""
    assert await lines.next() == ""


@pytest.mark.parametrize(("key", "kept", "left"), [("k", 2, 0), ("d", 1, 0), ("", 1, 1)])
async def test_what_was_cut_short_is_offered_first(desk: FakeDesk, session, key: str, kept: int, left: int) -> None:
    spool = desk.parts.archive.open_spool("left-1", desk.sitting().session, question(7), "USB headset")
    spool.write_bytes(bytes(2 * 48000))
    plain, typed = session(("k: keep it", key), *ANSWER, ("Enter: next", ""))
    assert await plain.run() == 0
    assert "Recovered answer, 0:01, to: Tell me about the time when you did thing number 7." in typed.text
    assert len(desk.parts.archive.reviews()) == kept
    assert len(desk.parts.archive.orphans(desk.parts.owned)) == left
