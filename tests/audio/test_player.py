"""What is heard on the loudspeaker's monitor."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import numpy as np
import pytest

from tests.audio.signals import longest_prefix, noise, place, raw, tone, until, wav
from tests.e2e.sound_server import SoundServer
from vivavoce.audio import LoudspeakerPlayer
from vivavoce.errors import PlaybackError, SoundFileError
from vivavoce.model import Span

KNOWN = noise(3)


@pytest.fixture
def player(sound_server: SoundServer, tmp_path: Path) -> LoudspeakerPlayer:
    return LoudspeakerPlayer(tmp_path / "log")


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    return wav(tmp_path / "known.wav", KNOWN)


async def test_a_file_is_heard_sample_for_sample_to_its_end(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path, tmp_path: Path
) -> None:
    with sound_server.hear(tmp_path / "heard.raw"):
        playback = await player.play(audio)
        await playback.wait()
    heard = raw(tmp_path / "heard.raw")
    assert longest_prefix(heard, KNOWN) == len(KNOWN)
    assert not heard[place(heard, KNOWN) + len(KNOWN) :].any()
    assert playback.position == 3
    assert playback.ended


async def test_a_stretch_is_heard(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path, tmp_path: Path
) -> None:
    with sound_server.hear(tmp_path / "heard.raw"):
        playback = await player.play(audio, Span(1.0, 1.5))
        assert 1 <= playback.position <= 1.5
        await playback.wait()
    heard = raw(tmp_path / "heard.raw")
    sounding = np.flatnonzero(heard)
    assert np.array_equal(heard[sounding[0] : sounding[-1] + 1], KNOWN[48_000:72_000])
    assert playback.position == 1.5


@pytest.mark.parametrize("speed", [0.5, 2.0])
async def test_another_speed_keeps_the_pitch(
    sound_server: SoundServer, player: LoudspeakerPlayer, tmp_path: Path, speed: float
) -> None:
    audio = wav(tmp_path / "tone.wav", tone(1, 440, 22_050), 22_050)
    with sound_server.hear(tmp_path / "heard.raw"):
        playback = await player.play(audio, speed=speed)
        await playback.wait()
    heard = raw(tmp_path / "heard.raw").astype(float)
    sounding = np.flatnonzero(np.abs(heard) > 500)
    assert (sounding[-1] - sounding[0]) / 48_000 == pytest.approx(1 / speed, abs=0.03)
    part = heard[sounding[0] : sounding[-1]]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    assert np.argmax(spectrum) * 48_000 / len(part) == pytest.approx(440, abs=3)
    assert playback.position == 1


async def test_stopping_is_heard_at_once(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path, tmp_path: Path
) -> None:
    with sound_server.hear(tmp_path / "heard.raw"):
        playback = await player.play(audio)
        await until(lambda: playback.position > 0.5)
        await playback.stop()
        position = playback.position
        await playback.stop()
        await playback.wait()
    frames = longest_heard(raw(tmp_path / "heard.raw"))
    assert frames / 48_000 == pytest.approx(position, abs=0.4)
    assert playback.ended


def longest_heard(heard: np.ndarray) -> int:
    begin = place(heard, KNOWN)
    sounding = np.flatnonzero(heard)
    frames = int(sounding[-1]) + 1 - begin
    assert np.array_equal(heard[begin : begin + frames], KNOWN[:frames])
    return frames


async def test_a_pause_is_silent_and_nothing_is_left_out(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path, tmp_path: Path
) -> None:
    with sound_server.hear(tmp_path / "heard.raw"):
        playback = await player.play(audio)
        await until(lambda: playback.position > 0.5)
        await playback.pause()
        assert playback.paused
        await asyncio.sleep(0.5)
        held = playback.position
        await asyncio.sleep(0.5)
        assert playback.position == held
        await playback.resume()
        assert not playback.paused
        await playback.wait()
    heard = raw(tmp_path / "heard.raw")
    sounding = np.flatnonzero(heard)
    assert np.array_equal(heard[sounding], KNOWN)
    assert np.diff(sounding).max() > 24_000


async def test_the_position_is_where_the_sound_is(player: LoudspeakerPlayer, audio: Path) -> None:
    playback = await player.play(audio)
    seen = [playback.position]
    while not playback.ended:
        await asyncio.sleep(0.02)
        seen.append(playback.position)
    assert seen == sorted(seen)
    assert len(set(seen)) > 20
    assert seen[-1] == 3


async def test_without_a_server_there_is_no_loudspeaker(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path
) -> None:
    sound_server.kill()
    with pytest.raises(PlaybackError, match="No loudspeaker was found"):
        await player.play(audio)


async def test_a_frozen_server_is_an_error_and_not_a_hang(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path
) -> None:
    sound_server.freeze()
    with pytest.raises(PlaybackError, match="hangs or crashes"):
        await player.play(audio)


async def test_a_server_that_dies_ends_the_playback(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path
) -> None:
    playback = await player.play(audio)
    sound_server.kill()
    with pytest.raises(PlaybackError, match="went away"):
        await playback.wait()
    assert playback.ended


async def test_a_server_that_freezes_ends_the_playback(
    sound_server: SoundServer, player: LoudspeakerPlayer, audio: Path
) -> None:
    playback = await player.play(audio)
    sound_server.freeze()
    with pytest.raises(PlaybackError, match="takes no more"):
        await playback.wait()


async def test_a_paused_playback_can_be_stopped(player: LoudspeakerPlayer, audio: Path) -> None:
    playback = await player.play(audio)
    await playback.pause()
    await playback.stop()
    await playback.wait()
    await playback.pause()
    assert not playback.paused


async def test_a_player_that_is_killed_is_an_error(player: LoudspeakerPlayer, audio: Path) -> None:
    playback = await player.play(audio)
    os.kill(playback._child.pid, signal.SIGKILL)
    with pytest.raises(PlaybackError, match="stopped playing"):
        await playback.wait()


async def test_an_unknown_loudspeaker_lists_what_there_is(
    sound_server: SoundServer, audio: Path, tmp_path: Path
) -> None:
    with pytest.raises(PlaybackError, match="by name: default; pulse"):
        await LoudspeakerPlayer(tmp_path / "log", "nosuch").play(audio)


async def test_what_is_no_sound_file_is_refused(player: LoudspeakerPlayer, tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("Dear diary")
    for name in ("text.wav", "nosuch.wav"):
        with pytest.raises(SoundFileError):
            await player.play(tmp_path / name)
