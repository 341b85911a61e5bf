import asyncio

import pytest

from tests.fakes import FakeDesk
from vivavoce.errors import ModelMissing, SoundFileError
from vivavoce.model import Review, Word
from vivavoce.practice import Transcriber, analyse, discard, orphans, recover

WORDS = tuple(
    Word(text, 1 + i * 0.3, 1.2 + i * 0.3) for i, text in enumerate("Um, I led a team of four people.".split())
)


async def kept(desk: FakeDesk) -> Review:
    attempt = desk.sitting().advance()
    await attempt.run()
    assert attempt.review is not None
    return attempt.review


async def test_a_take_is_reviewed_without_its_words_first(desk: FakeDesk) -> None:
    review = await kept(desk)
    assert review.transcript is None
    assert review.delivery.answer == pytest.approx(review.sound.seconds * 0.8)
    assert review.remarks


async def test_the_transcript_is_filed_with_the_take(desk: FakeDesk) -> None:
    review = await kept(desk)
    desk.recogniser.words = WORDS
    shares: list[float] = []
    new = await Transcriber(desk.parts).transcribe(review.take.id, progress=shares.append)
    assert new.transcript is not None
    assert new.transcript.words == WORDS
    assert desk.parts.archive.review(review.take.id) == new
    assert shares == [0.0, 0.4, 1.0]
    assert desk.recogniser.heard == [desk.parts.archive.audio_path(review.take.id)]


async def test_the_share_is_known_while_it_is_worked_on(desk: FakeDesk) -> None:
    review = await kept(desk)
    desk.recogniser.held.clear()
    transcriber = Transcriber(desk.parts)
    assert transcriber.share(review.take.id) is None
    working = asyncio.create_task(transcriber.transcribe(review.take.id))
    await asyncio.sleep(0.01)
    assert transcriber.share(review.take.id) == 0.4
    desk.recogniser.held.set()
    await working
    assert transcriber.share(review.take.id) is None


async def test_a_failing_recogniser_changes_nothing(desk: FakeDesk) -> None:
    review = await kept(desk)
    desk.recogniser.error = ModelMissing("No weights.", "Fetch them.")
    with pytest.raises(ModelMissing):
        await Transcriber(desk.parts).transcribe(review.take.id)
    assert desk.parts.archive.review(review.take.id) == review
    assert [take.id for take in desk.parts.archive.pending()] == [review.take.id]


async def test_a_draft_is_still_pending_and_counts_no_fillers(desk: FakeDesk) -> None:
    review = await kept(desk)
    desk.draft.words = WORDS
    new = await Transcriber(desk.parts).transcribe(review.take.id, draft=True)
    assert new.transcript is not None
    assert new.transcript.draft
    assert new.delivery.fillers is None
    assert [take.id for take in desk.parts.archive.pending()] == [review.take.id]


async def test_a_note_written_while_it_was_transcribed_survives(desk: FakeDesk) -> None:
    review = await kept(desk)
    desk.recogniser.held.clear()
    working = asyncio.create_task(Transcriber(desk.parts).transcribe(review.take.id))
    await asyncio.sleep(0.01)
    desk.parts.archive.note(review.take.id, "More numbers.")
    desk.recogniser.held.set()
    assert (await working).take.note == "More numbers."


async def test_an_orphan_becomes_a_take_like_any_other(desk: FakeDesk) -> None:
    attempt = desk.sitting().advance()
    running = asyncio.create_task(attempt.run())
    while attempt.seconds < 1:
        await asyncio.sleep(0.005)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    (orphan,) = orphans(desk.parts)
    review = await recover(desk.parts, orphan)
    assert review.take.question == attempt.question
    assert desk.parts.archive.review(review.take.id) == review
    assert orphans(desk.parts) == ()


async def test_an_orphan_is_thrown_away_only_when_told(desk: FakeDesk) -> None:
    attempt = desk.sitting().advance()
    running = asyncio.create_task(attempt.run())
    while attempt.seconds < 1:
        await asyncio.sleep(0.005)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    desk.files.error = SoundFileError("Unreadable.", "Look again.")
    (orphan,) = orphans(desk.parts)
    with pytest.raises(SoundFileError):
        await recover(desk.parts, orphan)
    assert len(orphans(desk.parts)) == 1
    discard(desk.parts, orphan)
    assert orphans(desk.parts) == ()


async def test_a_file_is_analysed_and_filed_nowhere(desk: FakeDesk) -> None:
    review = await kept(desk)
    desk.recogniser.words = WORDS
    audio = desk.parts.archive.audio_path(review.take.id)
    analysed = await analyse(audio, review.take, desk.files, desk.recogniser)
    assert analysed.transcript is not None
    assert analysed.delivery.length is None, "a file answers no question of ours"
    assert desk.parts.archive.review(review.take.id).transcript is None
