import asyncio
from dataclasses import replace

import pytest

from tests.fakes import INTERVIEWER, FakeDesk, question
from vivavoce.errors import DiskError, NoMicrophone, PlaybackError, VoiceError
from vivavoce.model import Ended, Gap, Light, Question, Session
from vivavoce.practice import Attempt, Command, Phase


def attempt_at(desk: FakeDesk, asked: Question | None = None, opening: str = "") -> Attempt:
    session = Session("session-1", desk.parts.now(), INTERVIEWER.id)
    desk.parts.archive.begin(session)
    return Attempt(desk.parts, session, asked or question(), INTERVIEWER, opening)


async def until(attempt: Attempt, phase: Phase) -> None:
    async with asyncio.timeout(10):
        while attempt.phase is not phase:
            await asyncio.sleep(0.005)


async def recording(attempt: Attempt) -> None:
    async with asyncio.timeout(10):
        while attempt.level is None:
            await asyncio.sleep(0.005)


async def test_an_answer_goes_through_all_phases_and_is_kept(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    seen = [attempt.phase]
    running = asyncio.create_task(attempt.run())
    while not running.done():
        if attempt.phase is not seen[-1]:
            seen.append(attempt.phase)
        if attempt.seconds > 3:
            attempt.tell(Command.GO_ON)
        await asyncio.sleep(0.001)
    seen.append(await running)
    assert [p for p in seen if p is not Phase.FINISHING] == [Phase.ASKING, Phase.THINKING, Phase.ANSWERING, Phase.KEPT]
    assert attempt.review is not None
    assert desk.parts.archive.review(attempt.review.take.id) == attempt.review
    assert attempt.review.take.capture.ended is Ended.STOPPED
    assert list(desk.locations.spool.iterdir()) == []


async def test_the_recording_holds_what_the_microphone_wrote(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    assert await attempt.run() is Phase.KEPT
    assert attempt.review is not None
    audio = desk.parts.archive.audio_path(attempt.review.take.id)
    assert audio.stat().st_size == attempt.review.take.capture.frames * 2


async def test_after_red_and_its_grace_it_stops_by_itself(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    assert await attempt.run() is Phase.KEPT
    assert attempt.review is not None
    assert attempt.review.take.capture.ended is Ended.LIMIT
    assert attempt.review.take.capture.seconds == pytest.approx(7.0)
    assert attempt.light is Light.RED


async def test_without_think_time_answering_follows_reading(desk: FakeDesk) -> None:
    attempt = attempt_at(desk, question(think=0))
    running = asyncio.create_task(attempt.run())
    await recording(attempt)
    attempt.tell(Command.GO_ON)
    assert await running is Phase.KEPT


async def test_the_opening_is_said_once_and_the_question_as_often_as_wanted(desk: FakeDesk) -> None:
    attempt = attempt_at(desk, opening="Do come in.")
    asked = attempt.question.text
    running = asyncio.create_task(attempt.run())
    for command in (Command.REPEAT, Command.SLOWER):
        await until(attempt, Phase.THINKING)
        attempt.tell(command)
        await until(attempt, Phase.ASKING)
    await until(attempt, Phase.THINKING)
    attempt.tell(Command.SKIP)
    assert await running is Phase.SKIPPED
    assert desk.voice.said == [("Do come in.", 1.0), (asked, 1.0), (asked, 1.0), (asked, 0.8)]


async def test_hearing_it_again_does_not_give_the_thinking_time_back(desk: FakeDesk) -> None:
    attempt = attempt_at(desk, question(think=60))
    running = asyncio.create_task(attempt.run())
    await until(attempt, Phase.THINKING)
    await asyncio.sleep(0.05)
    attempt.tell(Command.REPEAT)
    await until(attempt, Phase.ASKING)
    left = attempt.think_left
    assert left < 60
    await until(attempt, Phase.THINKING)
    assert attempt.think_left <= left
    attempt.tell(Command.SKIP)
    await running


async def test_start_goes_straight_from_reading_to_answering(desk: FakeDesk) -> None:
    desk.player.seconds = 60
    attempt = attempt_at(desk, question(think=60))
    running = asyncio.create_task(attempt.run())
    while not desk.player.playbacks:
        await asyncio.sleep(0.005)
    attempt.tell(Command.START)
    await recording(attempt)
    assert desk.player.playbacks[0].stopped, "the interviewer must not speak into the answer"
    attempt.tell(Command.GO_ON)
    assert await running is Phase.KEPT


async def test_thinking_is_not_recorded(desk: FakeDesk) -> None:
    attempt = attempt_at(desk, question(think=60))
    running = asyncio.create_task(attempt.run())
    await until(attempt, Phase.THINKING)
    await asyncio.sleep(0.05)
    assert desk.microphone.recordings == []
    assert desk.microphone.armed == [attempt.question.id], "but the microphone is ready"
    attempt.tell(Command.SKIP)
    assert await running is Phase.SKIPPED


@pytest.mark.parametrize("error", [VoiceError("No voice.", "Read."), PlaybackError("No loudspeaker.", "Read.")])
async def test_a_question_that_cannot_be_heard_is_shown_with_time_to_read_it(desk: FakeDesk, error: Exception) -> None:
    if isinstance(error, VoiceError):
        desk.voice.error = error
    else:
        desk.player.error = error  # type: ignore[assignment]
    attempt = attempt_at(desk, question(text="Why?"))
    running = asyncio.create_task(attempt.run())
    await until(attempt, Phase.ANSWERING)
    assert attempt.silent
    assert str(error) in attempt.notice
    attempt.tell(Command.GO_ON)
    await running


async def test_a_stand_in_voice_is_told(desk: FakeDesk) -> None:
    desk.voice.notice = "espeak-ng speaks instead."
    attempt = attempt_at(desk)
    await attempt.run()
    assert attempt.notice == "espeak-ng speaks instead."


async def test_no_microphone_fails_with_its_remedy_and_leaves_nothing_behind(desk: FakeDesk) -> None:
    desk.microphone.error = NoMicrophone("No input device.", "Plug one in.")
    attempt = attempt_at(desk)
    assert await attempt.run() is Phase.FAILED
    assert attempt.error is desk.microphone.error
    assert list(desk.locations.spool.iterdir()) == []


async def test_a_thrown_away_answer_leaves_nothing(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    running = asyncio.create_task(attempt.run())
    await recording(attempt)
    attempt.tell(Command.DISCARD)
    assert await running is Phase.DISCARDED
    assert list(desk.locations.spool.iterdir()) == []
    assert list(desk.parts.archive.reviews()) == []


async def test_a_lost_device_keeps_what_was_said(desk: FakeDesk) -> None:
    desk.microphone.fails_after = 2.0
    attempt = attempt_at(desk)
    assert await attempt.run() is Phase.KEPT
    assert attempt.review is not None
    assert attempt.review.take.capture.ended is Ended.LOST
    assert attempt.review.take.capture.seconds >= 2.0


async def test_gaps_are_kept_with_the_take(desk: FakeDesk) -> None:
    desk.microphone.gaps = (Gap(1.0, 0.5),)
    attempt = attempt_at(desk)
    await attempt.run()
    assert attempt.review is not None
    assert attempt.review.take.capture.gaps == (Gap(1.0, 0.5),)


async def test_leaving_while_recording_keeps_the_answer(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    running = asyncio.create_task(attempt.run())
    await recording(attempt)
    attempt.tell(Command.LEAVE)
    assert await running is Phase.KEPT


async def test_being_cancelled_while_recording_leaves_a_spool_to_recover(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    running = asyncio.create_task(attempt.run())
    await recording(attempt)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    (orphan,) = desk.parts.archive.orphans(desk.parts.owned)
    assert orphan.question == attempt.question
    assert orphan.rate == 8000, "noted with the first block: a spool has no header"


async def test_a_full_disk_while_finishing_keeps_the_spool(desk: FakeDesk) -> None:
    desk.files.error = DiskError("The disk is full.", "Free some space.")
    attempt = attempt_at(desk)
    assert await attempt.run() is Phase.FAILED
    assert attempt.error is desk.files.error
    assert len(desk.parts.archive.orphans(desk.parts.owned)) == 1


async def test_commands_that_make_no_sense_are_ignored(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    attempt.tell(Command.DISCARD)
    running = asyncio.create_task(attempt.run())
    await recording(attempt)
    attempt.tell(Command.SKIP)
    attempt.tell(Command.REPEAT)
    assert await running is Phase.KEPT
    assert attempt.review is not None
    assert attempt.review.take.capture.ended is Ended.LIMIT


async def test_what_is_done_meanwhile_starts_with_the_recording(desk: FakeDesk) -> None:
    attempt = attempt_at(desk)
    begun: list[Phase] = []

    async def meanwhile() -> None:
        begun.append(attempt.phase)

    await attempt.run(meanwhile)
    assert begun == [Phase.ANSWERING]


async def test_the_clock_counts_sound_that_arrived(desk: FakeDesk) -> None:
    desk.microphone.delay = 0.2
    attempt = attempt_at(desk, replace(question(), think=0))
    running = asyncio.create_task(attempt.run())
    await until(attempt, Phase.ANSWERING)
    assert attempt.level is None
    assert attempt.seconds == 0
    await recording(attempt)
    assert attempt.seconds > 0
    attempt.tell(Command.GO_ON)
    await running


async def test_going_on_twice_at_once_is_going_on_once(desk: FakeDesk) -> None:
    desk.player.seconds = 60
    attempt = attempt_at(desk, question(think=60))
    running = asyncio.create_task(attempt.run())
    while not desk.player.playbacks:
        await asyncio.sleep(0.005)
    attempt.tell(Command.GO_ON)
    attempt.tell(Command.GO_ON)
    await until(attempt, Phase.THINKING)
    await asyncio.sleep(0.05)
    assert attempt.phase is Phase.THINKING
    attempt.tell(Command.SKIP)
    assert await running is Phase.SKIPPED
