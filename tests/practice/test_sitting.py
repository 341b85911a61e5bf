import random

from tests.fakes import INTERVIEWER, FakeDesk, question
from vivavoce.errors import VoiceError
from vivavoce.model import Interviewer
from vivavoce.practice import Sitting

QUESTIONS = (question(1), question(2))


def sitting_of(desk: FakeDesk, who: Interviewer = INTERVIEWER) -> Sitting:
    return Sitting(lambda: desk.parts, QUESTIONS, who, (), random.Random(1))


async def test_questions_come_one_after_the_other(desk: FakeDesk) -> None:
    sitting = sitting_of(desk)
    assert sitting.number == 0
    assert sitting.advance().question == QUESTIONS[0]
    assert sitting.more
    assert sitting.attempt().question == QUESTIONS[0]
    assert sitting.advance().question == QUESTIONS[1]
    assert not sitting.more
    assert sitting.number == 2


async def test_the_session_is_filed_with_the_first_attempt_and_once(desk: FakeDesk) -> None:
    sitting = sitting_of(desk)
    assert list(desk.parts.archive.sessions()) == []
    sitting.advance()
    sitting.attempt()
    assert list(desk.parts.archive.sessions()) == [sitting.session]


async def test_the_next_question_is_rendered_ahead_and_the_last_has_none(desk: FakeDesk) -> None:
    sitting = sitting_of(desk)
    sitting.advance()
    await sitting.look_ahead()
    assert [text for text, _ in desk.voice.said] == [QUESTIONS[1].text]
    sitting.advance()
    await sitting.look_ahead()
    assert len(desk.voice.said) == 1


async def test_a_voice_that_fails_ahead_of_time_disturbs_nobody(desk: FakeDesk) -> None:
    desk.voice.error = VoiceError("No voice.", "Read.")
    sitting = sitting_of(desk)
    sitting.advance()
    await sitting.look_ahead()
    assert len(desk.voice.said) == 1


async def test_only_the_first_attempt_has_an_opening(desk: FakeDesk) -> None:
    sitting = sitting_of(desk, Interviewer("fake", "Ms Fake", "Asks.", openings=("Do come in.",)))
    desk.microphone.fails_after = 1.0
    await sitting.advance().run()
    await sitting.advance().run()
    assert [text for text, _ in desk.voice.said] == ["Do come in.", QUESTIONS[0].text, QUESTIONS[1].text]
