from __future__ import annotations

import os
import resource
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.signals import noise, tone, wav
from vivavoce.audio import ChildSoundFiles
from vivavoce.errors import DiskError, SoundFileError


@pytest.fixture
def files(tmp_path: Path) -> ChildSoundFiles:
    return ChildSoundFiles(tmp_path / "log")


async def test_a_spool_becomes_a_flac_file_and_is_measured(files: ChildSoundFiles, tmp_path: Path) -> None:
    spool, audio = tmp_path / "take.pcm", tmp_path / "take.flac"
    spool.write_bytes(noise(1).tobytes() + b"\x01")
    measured = await files.finish(spool, 48_000, audio)
    assert (measured.frames, measured.rate, measured.sound.seconds) == (48_000, 48_000, 1.0)
    assert np.array_equal(soundfile.read(audio, dtype="int16")[0], noise(1))
    assert spool.exists()


async def test_hostile_names_do_no_harm(files: ChildSoundFiles, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\x1b]0;owned\x07 \xff\n")
    folder.mkdir()
    (folder / "-a.pcm").write_bytes(noise(0.1).tobytes())
    assert (await files.finish(folder / "-a.pcm", 48_000, folder / "-a.flac")).frames == 4800
    assert (await files.measure(folder / "-a.flac")).frames == 4800
    with pytest.raises(SoundFileError) as caught:
        await files.measure(folder / "\x1b[31mno.wav")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
async def test_every_common_format_is_measured(files: ChildSoundFiles, tmp_path: Path, kind: str) -> None:
    soundfile.write(tmp_path / f"tone.{kind}", tone(1, 440, 44_100), 44_100)
    measured = await files.measure(tmp_path / f"tone.{kind}")
    assert measured.rate == 44_100
    assert measured.sound.seconds == pytest.approx(1, abs=0.06)
    assert measured.sound.peak == pytest.approx(-6, abs=0.5)


async def test_the_peak_of_a_16_bit_recording_is_exact(files: ChildSoundFiles, tmp_path: Path) -> None:
    samples = noise(1)
    samples[1000] = 16_384
    assert (await files.measure(wav(tmp_path / "a.wav", samples))).sound.peak == pytest.approx(-6.0206, abs=0.001)


@pytest.mark.parametrize("content", [None, b"", b"no sound"])
async def test_what_is_no_sound_is_refused(files: ChildSoundFiles, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(SoundFileError):
        await files.measure(tmp_path / "a.wav")


async def test_a_full_disk_is_named_and_the_spool_stays(files: ChildSoundFiles, tmp_path: Path) -> None:
    spool = tmp_path / "take.pcm"
    spool.write_bytes(noise(2).tobytes())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(DiskError, match="Make room"):
            await files.finish(spool, 48_000, tmp_path / "take.flac")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert {path.name for path in tmp_path.iterdir()} == {"take.pcm", "log"}


async def test_a_spool_that_is_empty_is_refused(files: ChildSoundFiles, tmp_path: Path) -> None:
    (tmp_path / "take.pcm").write_bytes(b"")
    with pytest.raises(SoundFileError):
        await files.finish(tmp_path / "take.pcm", 48_000, tmp_path / "take.flac")
