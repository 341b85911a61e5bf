"""What every recogniser promises, on real sound."""

import asyncio
import itertools
import os

import pytest
import pytest_asyncio

from tests.engines.conftest import MICRO
from tests.engines.speaking import noise, save, silence, speak
from vivavoce.engines import DraftRecogniser, WhisperRecogniser
from vivavoce.errors import SoundFileError

pytestmark = pytest.mark.asyncio(loop_scope="module")

RECOGNISERS = [
    pytest.param(lambda log: WhisperRecogniser(str(MICRO), "en", log), id="whisper"),
    pytest.param(DraftRecogniser, id="draft"),
]

SENTENCE = "um i have worked in customer service for five years"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("contract") / "log"


@pytest_asyncio.fixture(params=RECOGNISERS, scope="module", loop_scope="module")
async def recogniser(request, log):
    """One for all tests of this file: what one test did to it must not trouble the next."""
    made = request.param(log)
    yield made
    await made.close()


@pytest.fixture
def answer(tmp_path):
    return save(tmp_path / "answer.wav", silence(0.7), speak(SENTENCE).samples, silence(0.7))


async def test_it_has_a_name_and_a_model_before_anything_runs(recogniser):
    assert recogniser.name
    assert recogniser.model


async def test_words_have_text_and_times_in_order_inside_the_take(recogniser, answer):
    transcript = await recogniser.transcribe(answer)
    words = transcript.words
    assert len(words) >= 5
    assert (transcript.recogniser, transcript.model) == (recogniser.name, recogniser.model)
    assert all(word.text.strip() == word.text != "" for word in words)
    assert all(word.end - word.start >= 0.06 - 1e-6 for word in words)
    assert all(a.end <= b.start + 1e-6 for a, b in itertools.pairwise(words))
    assert words[0].start >= 0.5
    assert words[-1].end <= 0.7 + speak(SENTENCE).seconds + 0.2
    assert all(word.probability is None or 0 <= word.probability <= 1 for word in words)


async def test_progress_rises_to_one(recogniser, answer):
    told = []
    await recogniser.transcribe(answer, told.append)
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)
    assert told[-1] == 1


async def test_a_warmed_up_recogniser_says_the_same(recogniser, answer):
    cold = await recogniser.transcribe(answer)
    await recogniser.warm_up()
    assert await recogniser.transcribe(answer) == cold


@pytest.mark.parametrize("sound", [silence(3.0), noise(3.0), silence(0.05)], ids=["silence", "noise", "a blink"])
async def test_nothing_is_invented_where_nobody_speaks(recogniser, tmp_path, sound):
    transcript = await recogniser.transcribe(save(tmp_path / "nobody.wav", sound))
    assert transcript.words == ()


async def test_a_file_without_sound_is_an_error_and_the_next_one_is_heard(recogniser, tmp_path, answer):
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF and nothing more")
    with pytest.raises(SoundFileError):
        await recogniser.transcribe(broken)
    assert (await recogniser.transcribe(answer)).words


async def test_a_job_whose_child_is_killed_is_done_again(recogniser, answer):
    expected = await recogniser.transcribe(answer)
    killed = []

    def kill_once(share):
        if not killed:
            killed.append(recogniser.pid)
            os.kill(recogniser.pid, 9)

    assert await recogniser.transcribe(answer, kill_once) == expected
    assert recogniser.pid not in (None, *killed)


async def test_a_cancelled_job_leaves_the_recogniser_usable(recogniser, answer):
    started = asyncio.Event()
    job = asyncio.create_task(recogniser.transcribe(answer, lambda _: started.set()))
    await asyncio.wait_for(started.wait(), 60)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert (await recogniser.transcribe(answer)).words


async def test_what_was_said_is_not_in_the_log(recogniser, answer, log):
    await recogniser.transcribe(answer)
    await recogniser.close()
    assert not any(word in log.read_text() for word in ("customer", "worked", "service"))


async def test_close_ends_its_child_and_may_be_called_again(recogniser):
    await recogniser.warm_up()
    pid = recogniser.pid
    await recogniser.close()
    await recogniser.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
