from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tests.audio.signals import flowing, noise, raw, tone, until, wav
from vivavoce.audio import FileMicrophone
from vivavoce.errors import NoMicrophone
from vivavoce.model import Ended


async def test_a_file_comes_through_sample_for_sample_and_then_silence(tmp_path: Path) -> None:
    known = noise(1.23)
    microphone = FileMicrophone(wav(tmp_path / "known.wav", known), tmp_path / "log")
    recording = await microphone.record(tmp_path / "take.pcm", 60)
    await flowing(recording, 2)
    assert recording.level.zeros == 0, "nobody is muted: the file is over"
    capture = await recording.stop()
    heard = raw(tmp_path / "take.pcm")
    assert (capture.ended, capture.gaps, capture.rate) == (Ended.STOPPED, (), 48_000)
    assert np.array_equal(heard[: len(known)], known)
    assert not heard[len(known) :].any()
    assert capture.device == "sound file known.wav"


async def test_silence_inside_the_file_counts_as_muted(tmp_path: Path) -> None:
    muted = wav(tmp_path / "muted.wav", np.zeros(96_000, np.int16))
    recording = await FileMicrophone(muted, tmp_path / "log").record(None, 60)
    await until(lambda: recording.level is not None and recording.level.zeros > 1)
    await recording.stop()


async def test_another_rate_is_resampled(tmp_path: Path) -> None:
    known = wav(tmp_path / "known.wav", tone(0.5, 440, 22_050), 22_050)
    await (await FileMicrophone(known, tmp_path / "log").record(tmp_path / "take.pcm", 0.5)).wait()
    heard = raw(tmp_path / "take.pcm").astype(np.float32) / 32768
    assert len(heard) == 24_000
    assert np.abs(heard - tone(0.5, 440))[2000:-2000].max() < 0.001


async def test_a_limit_ends_it(tmp_path: Path) -> None:
    recording = await FileMicrophone(wav(tmp_path / "known.wav", noise(0.1)), tmp_path / "log").record(None, 0.3)
    capture = await recording.wait()
    assert (capture.ended, capture.frames) == (Ended.LIMIT, 14_400)


@pytest.mark.parametrize("content", [None, b"", b"no sound"])
async def test_what_is_no_sound_file_is_no_microphone(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "file.wav").write_bytes(content)
    with pytest.raises(NoMicrophone) as caught:
        await FileMicrophone(tmp_path / "file.wav", tmp_path / "log").arm()
    assert "WAV, FLAC, OGG or MP3" in caught.value.remedy


async def test_a_file_that_goes_away_after_arming_is_no_microphone(tmp_path: Path) -> None:
    known = wav(tmp_path / "known.wav", noise(0.1))
    microphone = FileMicrophone(known, tmp_path / "log")
    await microphone.arm()
    known.unlink()
    with pytest.raises(NoMicrophone, match="There is no sound file"):
        await microphone.record(tmp_path / "take.pcm", 1)
    assert not (tmp_path / "take.pcm").exists()


async def test_a_hostile_file_name_does_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\x1b]0;owned\x07 \xff\n")
    folder.mkdir()
    os.rename(wav(tmp_path / "known.wav", noise(0.2)), folder / "-\x1b[31m\u202efake.wav")
    microphone = FileMicrophone(folder / "-\x1b[31m\u202efake.wav", tmp_path / "log")
    assert microphone.name == "sound file -�fake.wav"
    recording = await microphone.record(folder / "take.pcm", 0.2)
    capture = await recording.wait()
    assert capture.device == microphone.name
    assert np.array_equal(raw(folder / "take.pcm"), noise(0.2))
