from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.signals import noise, tone, wav
from vivavoce.audio.files import pcm16, read
from vivavoce.errors import SoundFileError


def test_16_bit_samples_come_through_exactly(tmp_path: Path) -> None:
    extremes = np.array([-32768, -32767, -1, 0, 1, 32766, 32767], np.int16)
    known = np.concatenate((extremes, noise(0.5)))
    samples, rate = read(wav(tmp_path / "known.wav", known))
    assert rate == 48_000
    assert samples.dtype == np.float32
    assert np.array_equal(pcm16(samples), known)


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
def test_every_common_format_is_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"tone.{kind}"
    soundfile.write(path, tone(1, 440, 44_100), 44_100)
    samples, rate = read(path)
    assert rate == 44_100
    assert len(samples) == pytest.approx(44_100, abs=2400)  # MP3 pads
    middle = samples[10_000:30_000]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)


def test_channels_are_mixed_and_the_rate_is_changed(tmp_path: Path) -> None:
    both = np.stack([tone(1, 440, 44_100), np.zeros(44_100, np.float32)], axis=1)
    soundfile.write(tmp_path / "both.wav", both, 44_100, subtype="FLOAT")
    samples, rate = read(tmp_path / "both.wav", 16_000)
    assert (rate, len(samples)) == (16_000, 16_000)
    assert np.abs(samples[2000:14_000] - tone(1, 440, 16_000)[2000:14_000] / 2).max() < 0.001


def test_a_stretch_is_read(tmp_path: Path) -> None:
    known = noise(2)
    samples, _ = read(wav(tmp_path / "known.wav", known), start=0.5, end=1.25)
    assert np.array_equal(pcm16(samples), known[24_000:60_000])


def test_a_stretch_that_goes_beyond_the_end_ends_there(tmp_path: Path) -> None:
    samples, _ = read(wav(tmp_path / "known.wav", noise(1)), start=0.5, end=9)
    assert len(samples) == 24_000


def test_sound_beyond_full_scale_is_clipped_in_16_bit() -> None:
    assert pcm16(np.array([-3, -1, 0.99999, 1, 3], np.float32)).tolist() == [-32768, -32768, 32767, 32767, 32767]


def damaged(folder: Path) -> list[Path]:
    """Files that are no sound: each for another reason."""
    whole = folder / "whole.flac"
    soundfile.write(whole, noise(1), 48_000)
    data = whole.read_bytes()
    nan = folder / "nan.wav"
    soundfile.write(nan, np.array([0, np.nan, np.inf], np.float32), 48_000, subtype="FLOAT")
    (folder / "empty.wav").write_bytes(b"")
    (folder / "text.wav").write_text("Dear diary")
    (folder / "raw.raw").write_bytes(bytes(1000))
    (folder / "header.flac").write_bytes(data[:60])
    (folder / "cut.flac").write_bytes(data[: len(data) // 2])
    (folder / "scribbled.flac").write_bytes(data[:40_000] + bytes(5000) + data[45_000:])
    wav(folder / "nothing.wav", np.zeros(0, np.int16))
    (folder / "folder.wav").mkdir()
    os.mkfifo(folder / "pipe.wav")
    names = ["empty.wav", "text.wav", "raw.raw", "header.flac", "cut.flac", "scribbled.flac", "nothing.wav"]
    return [nan, folder / "missing.wav", folder / "folder.wav", folder / "pipe.wav", *(folder / n for n in names)]


@pytest.mark.parametrize("number", range(11))
def test_what_is_no_whole_sound_is_refused(tmp_path: Path, number: int) -> None:
    with pytest.raises(SoundFileError) as caught:
        read(damaged(tmp_path)[number])
    assert caught.value.remedy


def test_a_hostile_name_does_no_harm(tmp_path: Path) -> None:
    name = os.fsdecode(b"-rf \x1b]0;owned\x07\xff\n\xe2\x80\xae.wav")
    with pytest.raises(SoundFileError) as caught:
        read(tmp_path / name)
    assert str(caught.value).isprintable()
    known = noise(0.1)
    assert np.array_equal(pcm16(read(wav_at(tmp_path / name, known))[0]), known)


def wav_at(path: Path, known: np.ndarray) -> Path:
    with path.open("wb") as file:
        soundfile.write(file, known, 48_000, format="WAV", subtype="PCM_16")
    return path
