"""The spool outlives whoever wanted it, and a full disk keeps what it took."""

from __future__ import annotations

import asyncio
import fcntl
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audio.signals import flowing, longest_prefix, noise, raw, until, wav
from tests.e2e.sound_server import SoundServer
from vivavoce.audio import DeviceMicrophone, spool_is_owned
from vivavoce.audio.messages import Arm, Armed, Opened, Record, sent
from vivavoce.children import Codec
from vivavoce.errors import DiskError, RecordingError
from vivavoce.model import Capture, Ended
from vivavoce.ports import Level

KNOWN = noise(20)
PARENT = Path(__file__).with_name("doomed_parent.py")


def run(*words: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
async def test_when_the_parent_is_killed_the_recorder_finishes_the_spool(
    sound_server: SoundServer, tmp_path: Path, number: signal.Signals
) -> None:
    spool = tmp_path / "take.pcm"
    parent = run(PARENT, spool, tmp_path / "log")
    await until(lambda: spool.exists() and spool.stat().st_size > 9600)
    sound_server.say(wav(tmp_path / "known.wav", KNOWN))
    size = spool.stat().st_size
    await until(lambda: spool.stat().st_size > size + 250_000)
    assert spool_is_owned(spool)
    parent.send_signal(number)
    await asyncio.to_thread(parent.communicate, timeout=20)
    await until(lambda: not spool_is_owned(spool))
    assert longest_prefix(raw(spool), KNOWN) >= 96_000


async def test_a_parent_that_does_not_read_costs_no_sound(sound_server: SoundServer, tmp_path: Path) -> None:
    """As when it is stopped by Ctrl+Z: the pipe for the levels fills up, the sound goes on to the disk all the same."""
    spool = tmp_path / "take.pcm"
    with run("-m", "vivavoce.programs.recorder") as recorder:
        fcntl.fcntl(recorder.stdout, fcntl.F_SETPIPE_SZ, 4096)
        recorder.stdin.write(Codec.encode(Arm()) + Codec.encode(Record(sent(spool), 60)))
        recorder.stdin.flush()
        await until(lambda: spool.exists() and spool.stat().st_size > 9600)
        sound_server.say(wav(tmp_path / "known.wav", KNOWN))
        await until(lambda: spool.stat().st_size > 600_000)  # 60 levels of 160 bytes
        recorder.stdin.close()
        said = await asyncio.to_thread(recorder.stdout.read)
    capture = Codec(Armed, Opened, Level, Capture).decode(said.splitlines()[-1])
    assert capture.frames == len(raw(spool))
    assert longest_prefix(raw(spool), KNOWN) >= 192_000


async def small_disk(microphone: DeviceMicrophone, size: int) -> None:
    """Arm a recorder for whom every file is full at this size (EFBIG, refused by the kernel)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        await microphone.arm()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_full_disk_ends_the_take_and_keeps_what_it_took(sound_server: SoundServer, tmp_path: Path) -> None:
    microphone = DeviceMicrophone(tmp_path / "log")
    spool = tmp_path / "take.pcm"
    await small_disk(microphone, 200_001)
    recording = await microphone.record(spool, 60)
    await flowing(recording)
    sound_server.say(wav(tmp_path / "known.wav", KNOWN))
    capture = await recording.wait()
    assert (capture.ended, capture.frames) == (Ended.DISK, 100_000)
    assert spool.stat().st_size == 200_001
    assert longest_prefix(raw(spool), KNOWN) > 48_000


async def test_a_disk_that_takes_nothing_at_all_is_an_error(sound_server: SoundServer, tmp_path: Path) -> None:
    microphone = DeviceMicrophone(tmp_path / "log")
    await small_disk(microphone, 0)
    recording = await microphone.record(tmp_path / "take.pcm", 60)
    with pytest.raises(RecordingError, match="disk took nothing"):
        await recording.wait()
    assert not (tmp_path / "take.pcm").exists()


async def test_a_folder_that_is_not_there_is_named_before_anything_is_said(
    sound_server: SoundServer, tmp_path: Path
) -> None:
    with pytest.raises(DiskError, match="No such file"):
        await DeviceMicrophone(tmp_path / "log").record(tmp_path / "nowhere" / "take.pcm", 60)
