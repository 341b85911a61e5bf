"""What every microphone promises. A further one joins by one line in FACTORIES."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audio.signals import flowing, noise, until, wav
from tests.fakes import FakeMicrophone, FakeVoice
from vivavoce.audio import DemoMicrophone, DeviceMicrophone, FileMicrophone
from vivavoce.model import Ended, Interviewer, Kind, Lights, Question
from vivavoce.ports import Microphone

WHO = Interviewer("ada", "Ada", "Kind.")
QUESTION = Question("q", Kind.WARM_UP, "Well?", 0, Lights(1, 2, 3), sample="Um, well.")

FACTORIES: dict[str, Callable[[Path], Microphone]] = {
    "device": lambda folder: DeviceMicrophone(folder / "log"),
    "file": lambda folder: FileMicrophone(wav(folder / "known.wav", noise(0.5)), folder / "log"),
    "demo": lambda folder: DemoMicrophone(FakeVoice(folder), WHO, folder / "log"),
    "fake": lambda _: FakeMicrophone(),
}


@pytest.fixture(params=FACTORIES)
async def microphone(request: pytest.FixtureRequest, tmp_path: Path) -> Microphone:
    if request.param == "device":
        request.getfixturevalue("sound_server")
    microphone = FACTORIES[request.param](tmp_path)
    await microphone.arm(QUESTION)
    return microphone


async def test_it_has_a_name_before_it_is_opened(microphone: Microphone) -> None:
    assert microphone.name
    await microphone.close()


async def test_nothing_is_known_before_the_first_block_and_all_after_it(microphone: Microphone, tmp_path: Path) -> None:
    recording = await microphone.record(tmp_path / "take.pcm", 60)
    assert (recording.level, recording.rate, recording.device, recording.ended) == (None, None, "", False)
    await flowing(recording)
    assert recording.device
    assert recording.rate is not None and recording.rate >= 8000
    await recording.stop()
    assert recording.ended


async def test_the_spool_holds_every_frame_of_the_capture(microphone: Microphone, tmp_path: Path) -> None:
    recording = await microphone.record(tmp_path / "take.pcm", 60)
    await flowing(recording, 0.5)
    capture = await recording.stop()
    assert capture.ended is Ended.STOPPED
    assert capture.seconds >= 0.5
    assert (tmp_path / "take.pcm").stat().st_size == 2 * capture.frames


async def test_the_limit_ends_it_to_the_frame(microphone: Microphone, tmp_path: Path) -> None:
    capture = await (await microphone.record(tmp_path / "take.pcm", 0.5)).wait()
    assert capture.ended is Ended.LIMIT
    assert capture.frames == capture.rate // 2
    assert (tmp_path / "take.pcm").stat().st_size == 2 * capture.frames


async def test_it_can_be_stopped_twice_and_waited_for_meanwhile(microphone: Microphone, tmp_path: Path) -> None:
    recording = await microphone.record(tmp_path / "take.pcm", 60)
    await flowing(recording)
    waiting = asyncio.create_task(recording.wait())
    first, second = await asyncio.gather(recording.stop(), recording.stop())
    assert first == second == await waiting == await recording.stop() == await recording.wait()


async def test_without_a_spool_only_the_level_is_read(microphone: Microphone, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    recording = await microphone.record(None, 60)
    await flowing(recording, 0.3)
    assert recording.level is not None and -120 <= recording.level.rms <= 0
    await recording.stop()
    assert set(tmp_path.iterdir()) == before


async def test_the_level_grows_with_time(microphone: Microphone) -> None:
    recording = await microphone.record(None, 60)
    await flowing(recording)
    early = recording.level
    await until(lambda: recording.level.seconds > early.seconds)
    await recording.stop()


async def test_it_can_be_armed_again_and_closed_twice(microphone: Microphone) -> None:
    await microphone.arm(QUESTION)
    await microphone.close()
    await microphone.close()


async def test_closing_it_keeps_what_is_being_recorded(microphone: Microphone, tmp_path: Path) -> None:
    recording = await microphone.record(tmp_path / "take.pcm", 60)
    await flowing(recording)
    await microphone.close()
    assert (await recording.wait()).frames > 0


async def test_it_records_one_take_after_the_other(microphone: Microphone, tmp_path: Path) -> None:
    for name in ("first.pcm", "second.pcm"):
        await microphone.arm(QUESTION)
        recording = await microphone.record(tmp_path / name, 0.2)
        assert (await recording.wait()).frames == 0.2 * recording.rate
