from __future__ import annotations

import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.signals import noise
from vivavoce.audio.flac import finish
from vivavoce.errors import DiskError, SoundFileError


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The kernel refuses to write more (EFBIG), as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 192_000])
def test_the_flac_file_holds_what_the_spool_held(tmp_path: Path, rate: int) -> None:
    known = noise(1)
    spool, audio = tmp_path / "a.pcm", tmp_path / "a.flac"
    spool.write_bytes(known.tobytes())
    assert np.array_equal(finish(spool, rate, audio), known)
    read, heard_rate = soundfile.read(audio, dtype="int16")
    assert heard_rate == rate
    assert np.array_equal(read, known)
    assert spool.exists()
    assert sorted(tmp_path.iterdir()) == [audio, spool]
    assert stat.S_IMODE(audio.stat().st_mode) == 0o600


def test_half_a_sample_at_the_end_is_dropped(tmp_path: Path) -> None:
    spool = tmp_path / "a.pcm"
    spool.write_bytes(noise(0.1).tobytes() + b"\x01")
    assert np.array_equal(finish(spool, 48_000, tmp_path / "a.flac"), noise(0.1))


def test_a_try_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    spool, audio = tmp_path / "a.pcm", tmp_path / "a.flac"
    spool.write_bytes(noise(0.1).tobytes())
    (tmp_path / "a.flac.part").write_bytes(bytes(1_000_000))
    finish(spool, 48_000, audio)
    assert soundfile.info(audio).frames == 4800
    assert not (tmp_path / "a.flac.part").exists()


@pytest.mark.parametrize("content", [None, b"", b"\x01"])
def test_a_spool_without_sound_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "a.pcm").write_bytes(content)
    with pytest.raises(SoundFileError):
        finish(tmp_path / "a.pcm", 48_000, tmp_path / "a.flac")
    assert not (tmp_path / "a.flac").exists()


def test_a_full_disk_is_named_and_leaves_the_spool(tmp_path: Path) -> None:
    spool = tmp_path / "a.pcm"
    spool.write_bytes(noise(2).tobytes())
    with files_of_at_most(20_000), pytest.raises(DiskError) as caught:
        finish(spool, 48_000, tmp_path / "a.flac")
    assert "File too large" in caught.value.sentence
    assert list(tmp_path.iterdir()) == [spool]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.pcm").write_bytes(bytes(100))
    with pytest.raises(DiskError, match="No such file"):
        finish(tmp_path / "a.pcm", 48_000, tmp_path / "nowhere" / "a.flac")
