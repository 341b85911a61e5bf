"""The whole product on real parts: sound server, PortAudio, espeak-ng, Whisper's code, a real terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from tests.e2e import speech
from tests.e2e.program import Program
from tests.e2e.sound_server import RATE, SoundServer
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.e2e

SAID = "um i stayed calm under pressure"
"""A sentence that the small checkpoint hears right (24 of 24 times in four voices)."""


PLAIN = ("practise", "--plain", "--questions", "1", "--kind", "quick-fire")


def heard(raw: Path) -> np.ndarray:
    return np.fromfile(raw, "<i2").astype(np.float32)


def resampled(audio: Path) -> np.ndarray:
    samples, rate = soundfile.read(audio, dtype="float32")
    return np.asarray(soxr.resample(samples, rate, RATE) * 32768)


def test_a_question_is_heard_an_answer_recorded_transcribed_measured_replayed_and_exported(
    program: Program, terminal: Callable[..., Terminal], sound_server: SoundServer, tmp_path: Path
) -> None:
    answer = speech.speak(SAID, tmp_path / "answer.wav", lead=0.5)
    with sound_server.hear(tmp_path / "asked.raw"):
        screen = terminal("practise", "--questions", "1", "--kind", "quick-fire")
        screen.wait_for("The question is being read")
        screen.wait_for("● Recording")
        sound_server.say(tmp_path / "answer.wav").wait(20)
        time.sleep(0.5)
        screen.press("Space")
        screen.wait_for("recorded")
    screen.wait_for("calm under pressure", within=90)
    assert "«um»" in screen.screen()
    with sound_server.hear(tmp_path / "replayed.raw"):
        screen.press("Space")
        screen.wait_for("Playing")
        screen.wait_for("recorded")
    screen.press("C-q")
    assert screen.wait_for_end() == 0

    (take,) = program.takes()
    recording, rate = soundfile.read(program.audio(take), dtype="int16")
    at = speech.found_exactly(answer, recording)
    assert rate == RATE
    assert at is not None, "the recording is not what was played, sample for sample"

    first, last = speech.voiced(answer)
    length = take["delivery"]["answer"]
    assert length == pytest.approx(last - first, abs=0.1)
    assert take["delivery"]["first_word"] == pytest.approx(at / RATE + first, abs=0.1)
    assert take["take"]["capture"]["ended"] == "stopped"
    assert take["take"]["capture"]["gaps"] == []
    assert [word["text"] for word in take["transcript"]["words"]] == SAID.split()
    assert [filler["text"] for filler in take["delivery"]["fillers"]] == ["um"]

    asked = [resampled(audio) for audio in (program.data / "cache" / "speech").glob("*.wav")]
    assert max(speech.likeness(sentence, heard(tmp_path / "asked.raw")) for sentence in asked) > 0.9
    spoken = recording[at : at + len(answer)].astype(np.float32)
    assert speech.likeness(spoken, heard(tmp_path / "replayed.raw")) > 0.95

    text = program.run("export", "last", "--format", "txt").stdout
    assert "«um» i stayed calm under pressure" in text
    table = program.run("export", "last", "--format", "csv").stdout
    assert f'"{length:.2f}"' in table
    subtitles = program.run("export", "last", "--format", "srt").stdout
    assert "calm under pressure" in subtitles.replace("\n", " ")


def test_the_same_session_works_line_by_line(program: Program, sound_server: SoundServer, tmp_path: Path) -> None:
    speech.speak(SAID, tmp_path / "answer.wav", lead=0.3)
    viva = program.start(*PLAIN)
    said = program.answer(viva, 4.0, lambda: sound_server.say(tmp_path / "answer.wav"))
    assert "«um» i stayed calm under pressure" in said
    assert len(program.takes()) == 1


def test_the_demo_microphone_shows_the_whole_product_without_a_microphone(
    program: Program, terminal: Callable[..., Terminal]
) -> None:
    screen = terminal("--microphone", "demo", "practise", "--questions", "1", "--kind", "quick-fire")
    screen.wait_for("● Recording")
    screen.wait_for("Writing down", "fillers", within=90)
    screen.press("C-q")
    assert screen.wait_for_end() == 0
    (take,) = program.takes()
    assert take["take"]["question"]["sample"]
    assert take["sound"]["voice"]["end"] - take["sound"]["voice"]["start"] > 5
    assert take["take"]["capture"]["device"].startswith("demo")


def test_without_weights_it_measures_the_sound_and_writes_it_down_later(
    program: Program, sound_server: SoundServer, tmp_path: Path
) -> None:
    speech.speak(SAID, tmp_path / "answer.wav")
    line = (
        "--microphone",
        str(tmp_path / "answer.wav"),
        "practise",
        "--plain",
        "--questions",
        "1",
        "--kind",
        "quick-fire",
    )
    said = program.answer(program.start(*line, model="base.en"), 3.0)
    assert "The weights of base.en are not on this machine" in said
    assert "viva model fetch base.en" in said
    (take,) = program.takes()
    assert take["transcript"] is None
    assert take["delivery"]["answer"] > 1

    pending = program.run("transcribe", "--pending", within=120)
    assert pending.returncode == 0, pending.stderr
    assert "1 of 1" in pending.stdout
    (take,) = program.takes()
    assert [word["text"] for word in take["transcript"]["words"]] == SAID.split()


def test_any_sound_file_is_analysed_and_nothing_is_kept(program: Program, tmp_path: Path) -> None:
    samples = speech.speak(SAID, tmp_path / "answer.wav", lead=0.5)
    for name in ("answer.flac", "answer.ogg", "answer.mp3"):
        soundfile.write(tmp_path / name, samples, RATE)
    files = [str(tmp_path / name) for name in ("answer.wav", "answer.flac", "answer.ogg", "answer.mp3")]
    done = program.run("analyse", *files, "--json", within=150)
    assert done.returncode == 0, done.stderr
    reviews = json.loads(done.stdout)["reviews"]
    assert len(reviews) == 4
    first, last = speech.voiced(samples)
    for review in reviews:
        assert review["delivery"]["answer"] == pytest.approx(last - first, abs=0.15)
        assert [word["text"] for word in review["transcript"]["words"]] == SAID.split()
    assert program.takes() == []


def test_a_whole_session_runs_where_there_is_no_network_at_all(program: Program, tmp_path: Path) -> None:
    speech.speak(SAID, tmp_path / "answer.wav")
    line = ("--microphone", str(tmp_path / "answer.wav"), *PLAIN)
    said = program.answer(program.start(*line, under=("unshare", "--map-root-user", "--net")), 3.0)
    assert "i stayed calm under pressure" in said
