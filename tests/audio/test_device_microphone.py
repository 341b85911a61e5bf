"""A real recorder on a real sound server, in good and in bad times."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.signals import flowing, longest_prefix, noise, place, raw, until, wav
from tests.e2e.sound_server import SoundServer
from vivavoce.audio import DeviceMicrophone, spool_is_owned
from vivavoce.audio.flac import finish
from vivavoce.audio.recording import ChildRecording
from vivavoce.errors import DiskError, NoMicrophone, RecordingError
from vivavoce.model import Ended

KNOWN = noise(20)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "take.pcm"


@pytest.fixture
def microphone(sound_server: SoundServer, tmp_path: Path) -> DeviceMicrophone:
    return DeviceMicrophone(tmp_path / "log")


@pytest.fixture
async def talking(
    sound_server: SoundServer, microphone: DeviceMicrophone, tmp_path: Path, spool: Path
) -> ChildRecording:
    """A recording with a second of the known sound in it, and more to come."""
    recording = await microphone.record(spool, 60)
    await flowing(recording)
    sound_server.say(wav(tmp_path / "known.wav", KNOWN))
    await until(lambda: recording.level.loudest > -30)
    await flowing(recording, recording.level.seconds + 1)
    return recording


async def test_what_is_spoken_is_on_the_disk_sample_for_sample(
    sound_server: SoundServer, microphone: DeviceMicrophone, tmp_path: Path, spool: Path
) -> None:
    await microphone.arm()
    recording = await microphone.record(spool, 60)
    await flowing(recording)
    known = noise(6)
    speaking = sound_server.say(wav(tmp_path / "known.wav", known))
    await until(lambda: speaking.poll() is not None)
    capture = await recording.stop()
    assert (capture.ended, capture.rate, capture.gaps) == (Ended.STOPPED, 48_000, ())
    assert capture.frames == len(raw(spool))
    assert capture.device == "default"
    assert longest_prefix(raw(spool), known) == len(known)
    finish(spool, capture.rate, tmp_path / "take.flac")
    assert np.array_equal(soundfile.read(tmp_path / "take.flac", dtype="int16")[0], raw(spool))
    assert stat.S_IMODE(spool.stat().st_mode) == 0o600
    assert "ALSA" not in (tmp_path / "log").read_text()


async def test_a_device_is_taken_by_a_part_of_its_name(sound_server: SoundServer, tmp_path: Path, spool: Path) -> None:
    recording = await DeviceMicrophone(tmp_path / "log", "PUL").record(spool, 0.2)
    assert (await recording.wait()).device == "pulse"


async def test_an_unknown_name_lists_the_devices(sound_server: SoundServer, tmp_path: Path, spool: Path) -> None:
    with pytest.raises(NoMicrophone, match="by name: default; pulse"):
        await DeviceMicrophone(tmp_path / "log", "nosuch").arm()
    with pytest.raises(NoMicrophone, match="by name: default; pulse"):
        await DeviceMicrophone(tmp_path / "log", "nosuch").record(spool, 1)
    assert not spool.exists()


async def test_without_a_server_there_is_no_microphone(
    sound_server: SoundServer, microphone: DeviceMicrophone, spool: Path
) -> None:
    sound_server.kill()
    with pytest.raises(NoMicrophone, match="No microphone was found"):
        await microphone.arm()


async def test_a_server_that_dies_after_arming_is_no_microphone(
    sound_server: SoundServer, microphone: DeviceMicrophone, spool: Path
) -> None:
    await microphone.arm()
    sound_server.kill()
    with pytest.raises(NoMicrophone):
        await microphone.record(spool, 1)
    assert not spool.exists()


async def test_a_server_that_is_frozen_is_no_microphone(
    sound_server: SoundServer, microphone: DeviceMicrophone, spool: Path
) -> None:
    await microphone.arm()
    sound_server.freeze()
    with pytest.raises(NoMicrophone, match="hangs or crashes"):
        await microphone.record(spool, 1)
    assert not spool.exists()


async def test_a_server_that_dies_ends_the_take_and_keeps_it(
    sound_server: SoundServer, talking: ChildRecording
) -> None:
    sound_server.kill()
    await kept(talking, Ended.LOST)


async def test_a_server_that_freezes_ends_the_take_and_keeps_it(
    sound_server: SoundServer, talking: ChildRecording
) -> None:
    sound_server.freeze()
    await kept(talking, Ended.STALLED)


async def test_a_take_can_be_stopped_on_a_frozen_server(sound_server: SoundServer, talking: ChildRecording) -> None:
    sound_server.freeze()
    assert (await talking.stop()).ended is Ended.STOPPED
    await kept(talking, Ended.STOPPED)


async def test_a_source_that_is_suspended_ends_the_take_and_keeps_it(
    sound_server: SoundServer, talking: ChildRecording
) -> None:
    sound_server.suspend()
    await kept(talking, Ended.STALLED)


async def test_a_source_that_is_suspended_for_a_moment_leaves_a_gap(
    sound_server: SoundServer, talking: ChildRecording
) -> None:
    sound_server.suspend()
    recorded = talking.level.seconds
    await asyncio.sleep(1.5)
    sound_server.suspend(yes=False)
    await until(lambda: talking.level.gaps)
    (gap,) = (await talking.stop()).gaps
    assert gap.at == pytest.approx(recorded, abs=0.3)
    assert gap.missing == pytest.approx(1.5, abs=0.5)


async def test_a_source_that_is_muted_sends_zeros_and_says_so(
    sound_server: SoundServer, talking: ChildRecording, spool: Path
) -> None:
    sound_server.mute()
    await until(lambda: talking.level.zeros > 1)
    capture = await talking.stop()
    heard = raw(spool)
    sounding = np.flatnonzero(heard)
    begin = place(heard, KNOWN)
    assert np.array_equal(heard[begin : sounding[-1] - 1000], KNOWN[: sounding[-1] - 1000 - begin])
    assert (len(heard) - sounding[-1]) / capture.rate > 1


async def test_all_sources_unplugged_end_the_take_and_keep_it(
    sound_server: SoundServer, talking: ChildRecording, spool: Path
) -> None:
    sound_server.unplug_all()
    assert (await talking.wait()).ended is Ended.LOST
    heard = raw(spool)
    begin = place(heard, KNOWN)
    assert np.array_equal(heard[begin : begin + 48_000], KNOWN[:48_000])


async def test_a_source_that_is_unplugged_while_another_exists_loses_nothing(
    sound_server: SoundServer, talking: ChildRecording, spool: Path
) -> None:
    sound_server.add_source("other")
    recorded = talking.level.seconds
    sound_server.unplug()
    await flowing(talking, recorded + 1.5)
    await kept(talking, Ended.STOPPED, stop=True)


async def test_signals_to_the_recorder_never_cost_sound(talking: ChildRecording) -> None:
    for number in (signal.SIGINT, signal.SIGHUP):
        os.kill(talking._child.pid, number)
    await flowing(talking, talking.level.seconds + 0.5)
    os.kill(talking._child.pid, signal.SIGTERM)
    await kept(talking, Ended.STOPPED)


async def test_a_recorder_that_is_killed_leaves_what_it_had(talking: ChildRecording) -> None:
    os.kill(talking._child.pid, signal.SIGKILL)
    await kept(talking, Ended.LOST)


async def test_a_recorder_that_hangs_is_ended_and_leaves_what_it_had(talking: ChildRecording) -> None:
    os.kill(talking._child.pid, signal.SIGSTOP)
    await kept(talking, Ended.LOST)


async def test_a_recorder_that_hangs_can_be_stopped(talking: ChildRecording) -> None:
    os.kill(talking._child.pid, signal.SIGSTOP)
    await kept(talking, Ended.LOST, stop=True)


async def test_a_recorder_that_is_held_for_four_seconds_loses_nothing(talking: ChildRecording) -> None:
    os.kill(talking._child.pid, signal.SIGSTOP)
    await asyncio.sleep(4)
    os.kill(talking._child.pid, signal.SIGCONT)
    await flowing(talking, talking.level.seconds + 6)
    await kept(talking, Ended.STOPPED, stop=True)


async def kept(recording: ChildRecording, why: Ended, *, stop: bool = False) -> None:
    """It ends for this reason, and a second or more of what was said is on the disk, exact to the last sample."""
    capture = await asyncio.wait_for(recording.stop() if stop else recording.wait(), 60)
    heard = raw(recording._spool)
    assert capture.ended is why
    assert capture.frames == len(heard)
    assert capture.gaps == ()
    assert longest_prefix(heard, KNOWN) >= 48_000
    assert recording.ended
    assert await recording.stop() == capture
    assert not spool_is_owned(recording._spool)


async def test_a_source_that_never_sends_is_an_error_and_leaves_no_file(
    sound_server: SoundServer, microphone: DeviceMicrophone, spool: Path
) -> None:
    sound_server.suspend()
    recording = await microphone.record(spool, 60)
    with pytest.raises(RecordingError, match="sends nothing"):
        await recording.wait()
    assert (recording.level, recording.rate, recording.device) == (None, None, "")
    assert not spool.exists()


async def test_a_spool_is_never_written_over(microphone: DeviceMicrophone, spool: Path) -> None:
    spool.write_bytes(b"somebody's answer")
    with pytest.raises(DiskError, match="File exists"):
        await microphone.record(spool, 1)
    assert spool.read_bytes() == b"somebody's answer"


async def test_a_take_ends_at_its_limit_to_the_frame(microphone: DeviceMicrophone, spool: Path) -> None:
    recording = await microphone.record(spool, 0.755)
    capture = await recording.wait()
    assert (capture.ended, capture.frames) == (Ended.LIMIT, 36_240)
    assert spool.stat().st_size == 72_480


async def test_a_living_recorder_owns_its_spool(talking: ChildRecording, spool: Path) -> None:
    assert spool_is_owned(spool)
    await talking.stop()
    assert not spool_is_owned(spool)
    assert not spool_is_owned(spool.with_name("nosuch"))
