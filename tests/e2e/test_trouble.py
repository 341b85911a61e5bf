"""What goes wrong, through the whole program: each ends in a sentence, and what was said is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.e2e import speech
from tests.e2e.program import MICRO, Program
from tests.e2e.sound_server import SoundServer
from tests.e2e.terminal import Terminal

pytestmark = pytest.mark.e2e

LINE = ("practise", "--questions", "1", "--kind", "quick-fire")


@pytest.fixture
def speaking(program: Program, terminal: Callable[..., Terminal], sound_server: SoundServer, tmp_path: Path):
    """A session in mid-answer, two seconds of known sound in."""
    known = (np.random.default_rng(3).standard_normal(20 * speech.RATE) * 3000).astype(np.int16)
    soundfile.write(tmp_path / "known.wav", known, speech.RATE, subtype="PCM_16")
    screen = terminal(*LINE)
    screen.wait_for("being read", "Recording")
    screen.press("Enter")
    screen.wait_for("● Recording")
    sound_server.say(tmp_path / "known.wav")
    time.sleep(2.5)
    return screen, known


def kept_exactly(program: Program, known: np.ndarray, at_least: float) -> dict:
    """The one take: what was heard of the known sound is in it, sample for sample."""
    (take,) = program.takes()
    recording, _ = soundfile.read(program.audio(take), dtype="int16")
    first = int(np.flatnonzero(recording)[0])
    heard = recording[first:]
    length = int(at_least * speech.RATE)
    start = speech.found_exactly(known[:length], recording)
    assert start is not None, "what was said is not in the recording"
    assert len(heard) >= length
    return take


def test_a_killed_program_loses_nothing_and_the_next_start_offers_it(
    program: Program, terminal: Callable[..., Terminal], speaking
) -> None:
    screen, known = speaking
    os.kill(screen.program(), signal.SIGKILL)
    assert screen.wait_for_end() == 128 + signal.SIGKILL
    assert program.takes() == []
    again = terminal()
    again.wait_for("Recovered answer")
    again.press("k")
    again.wait_for("Recovered after the program ended", "recorded")
    take = kept_exactly(program, known, 1.5)
    assert take["take"]["capture"]["ended"] == "recovered"
    assert list((program.data / "spool").iterdir()) == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_polite_kill_finishes_the_running_take(program: Program, speaking, name: str) -> None:
    screen, known = speaking
    os.kill(screen.program(), getattr(signal, name))
    assert screen.wait_for_end() == 0
    take = kept_exactly(program, known, 1.5)
    assert take["take"]["capture"]["ended"] == "stopped"


def test_a_closed_terminal_finishes_the_running_take(program: Program, speaking) -> None:
    screen, known = speaking
    process = Path("/proc") / str(screen.program())
    screen.hang_up()
    deadline = time.monotonic() + 40
    while process.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not process.exists(), "it hangs on after its terminal is gone"
    kept_exactly(program, known, 1.5)


@pytest.mark.parametrize(
    ("trouble", "told", "ended"),
    [(SoundServer.kill, "microphone went away", "lost"), (SoundServer.freeze, "stopped sending", "stalled")],
    ids=["killed", "frozen"],
)
def test_a_sound_server_that_dies_or_hangs_keeps_what_was_said(
    program: Program,
    speaking,
    sound_server: SoundServer,
    trouble: Callable[[SoundServer], None],
    told: str,
    ended: str,
) -> None:
    screen, known = speaking
    trouble(sound_server)
    screen.wait_for(told, within=30)
    screen.press("C-q")
    assert screen.wait_for_end() == 0
    assert kept_exactly(program, known, 1.5)["take"]["capture"]["ended"] == ended


def test_a_muted_microphone_is_told_while_there_is_time(speaking, sound_server: SoundServer) -> None:
    screen, _ = speaking
    sound_server.mute()
    screen.wait_for("muted, or no permission", within=10)
    screen.press("Escape")
    screen.wait_for("Throw this answer away?")
    screen.press("y")
    screen.wait_for("Thrown away")
    screen.press("C-q")
    assert screen.wait_for_end() == 0


def test_nothing_c_libraries_say_reaches_the_screen(program: Program, speaking, sound_server: SoundServer) -> None:
    screen, _ = speaking
    sound_server.kill()
    after = screen.wait_for("microphone went away", within=30)
    assert "ALSA" not in after
    assert "Expression" not in after
    assert "pa_linux_alsa" not in after


def test_without_a_device_the_demo_is_offered_and_works(program: Program, tmp_path: Path, terminal) -> None:
    silent = Program(program.data, program.home, {"PULSE_SERVER": "unix:/nonexistent", "ALSA_CONFIG_PATH": ""})
    (tmp_path / "asound.conf").write_text("</usr/share/alsa/alsa.conf>\n")
    silent.sound["ALSA_CONFIG_PATH"] = str(tmp_path / "asound.conf")  # type: ignore[index]
    done = silent.run(*LINE, "--plain")
    assert done.returncode == 1
    assert "No microphone was found." in done.stdout
    assert "--microphone demo" in done.stdout
    assert "could not be read aloud" in done.stdout
    listed = silent.run("devices")
    assert "Microphones: none" in listed.stdout
    doctor = silent.run("doctor")
    assert doctor.returncode == 1
    assert "--microphone demo" in doctor.stdout


def test_an_unknown_device_is_named_with_those_that_exist(program: Program) -> None:
    done = program.run("--device", "Blue Snowball", *LINE, "--plain", text="\n")
    assert done.returncode == 1
    assert "Blue Snowball" in done.stdout
    assert "default" in done.stdout


def test_a_second_instance_is_refused_and_reading_is_not(program: Program, speaking) -> None:
    screen, _ = speaking
    second = program.run(*LINE, "--plain")
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert "already open" in second.stderr
    assert program.run("takes").returncode == 0
    screen.press("Space")
    screen.wait_for("recorded")


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "There is no checkpoint"), (b"", "damaged"), (b"PK\x03\x04 not a model", "damaged"), ("half", "damaged")],
)
def test_weights_that_are_none_are_told_in_a_sentence(program: Program, tmp_path: Path, content, said: str) -> None:
    speech.speak("i stayed calm", tmp_path / "answer.wav")
    model = tmp_path / "model.pt"
    if content is not None:
        model.write_bytes(MICRO.read_bytes()[:100_000] if content == "half" else content)
    done = program.run("analyse", str(tmp_path / "answer.wav"), model=str(model))
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert ("length" in done.stdout) == (content is None), "without weights the sound alone is told"


@pytest.mark.parametrize("content", [b"", b"RIFF\x00\x00", b"fLaC" + bytes(50), b"\x1b]0;owned\x07" * 9])
def test_a_corrupt_sound_file_is_one_sentence(program: Program, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a\x1b[31m[b]nswer.wav"
    file.write_bytes(content)
    done = program.run("analyse", str(file))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    ("samples", "about"),
    [
        (np.zeros(3 * speech.RATE, np.int16), "muted, or no permission"),
        ((np.random.default_rng(1).standard_normal(3 * speech.RATE) * 60).astype(np.int16), "Nobody could be heard"),
        (
            (
                np.sign(np.sin(np.arange(7 * speech.RATE) / 40)) * 32767 * (np.arange(7 * speech.RATE) % 60000 < 30000)
            ).astype(np.int16),
            "clipped",
        ),
    ],
    ids=["silence", "noise", "clipping"],
)
def test_what_cannot_be_judged_is_not_judged(program: Program, tmp_path: Path, samples: np.ndarray, about: str) -> None:
    soundfile.write(tmp_path / "odd.wav", samples, speech.RATE, subtype="PCM_16")
    done = program.run("analyse", str(tmp_path / "odd.wav"))
    assert done.returncode == 0, done.stderr
    assert about in " ".join(done.stdout.split())
    assert "words per minute" not in done.stdout


def test_a_hostile_bank_is_only_text(program: Program, terminal: Callable[..., Terminal]) -> None:
    folder = program.data / "questions"
    folder.mkdir(parents=True)
    hostile = "Why \\u001b]0;owned\\u0007\\u001b[2J[/b] [@click=app.quit]x[/] \\u202eabc?"
    (folder / "evil.toml").write_text(
        f'kind = "closing"\nthink = 60\ngreen = 5\namber = 6\nred = 7\n[[question]]\nid = "evil"\ntext = "{hostile}"\n'
        '[[question]]\nid = "Evil"\ntext = "x"\n'
    )
    checked = program.run("questions", "check", str(folder / "evil.toml"))
    assert checked.returncode == 1
    assert "line 9" in checked.stderr
    listed = program.run("questions", "--kind", "closing")
    assert "\x1b" not in listed.stdout + listed.stderr
    screen = terminal()
    screen.wait_for("Next session")
    screen.press("q")
    screen.wait_for("filter")
    screen.press("/", "a", "p", "p", ".", "q", "u", "i", "t")
    screen.wait_for("closing      Why [/b] [@click=app.quit]x[/]")
    screen.press("Enter")
    time.sleep(0.5)
    screen.press("Enter")
    screen.wait_for("Think", "being read")
    screen.press("Escape")
    screen.press("C-q")
    assert screen.wait_for_end() == 0


def test_erase_asks_once_and_leaves_nothing(program: Program, tmp_path: Path) -> None:
    speech.speak("i stayed calm", tmp_path / "answer.wav")
    viva = program.start("--microphone", str(tmp_path / "answer.wav"), *LINE, "--plain")
    program.answer(viva, 2.5)
    assert len(program.takes()) == 1
    refused = program.run("erase", text="n\n")
    assert refused.returncode != 0
    assert len(program.takes()) == 1
    assert program.run("erase", text="y\n").returncode == 0
    assert not program.data.exists() or [path for path in program.data.rglob("*") if path.is_file()] == []


def test_everything_that_is_kept_is_for_this_user_alone(program: Program, tmp_path: Path) -> None:
    speech.speak("i stayed calm", tmp_path / "answer.wav")
    viva = program.start("--microphone", str(tmp_path / "answer.wav"), *LINE, "--plain")
    program.answer(viva, 2.5)
    for path in program.data.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    log = (program.data / "viva.log").read_text() if (program.data / "viva.log").exists() else ""
    assert "calm" not in log


def test_a_screen_needs_a_terminal(program: Program) -> None:
    done = program.run()
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--plain" in done.stderr


def test_a_disk_that_fills_in_mid_answer_keeps_what_was_said(program: Program, tmp_path: Path) -> None:
    speech.speak("i stayed calm under pressure " * 8, tmp_path / "answer.wav")
    program.data.mkdir()
    line = program.command("--microphone", str(tmp_path / "answer.wav"), *LINE, "--plain")
    script = (
        'mount -t tmpfs -o size=64m none "$0" || exit 99; '
        '(until ls "$0"/spool/*.pcm; do sleep .1; done; sleep 1; head -c 80m /dev/zero > "$0/filler") '
        "> /dev/null 2>&1 & "
        '"$@"; status=$?; stat -c "spool %s" "$0"/spool/*.pcm; exit $status'
    )
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, str(program.data), *line],
        env=program.environment,
        input="",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    said = " ".join(done.stdout.split())
    assert "No space left" in said or "disk" in said.lower()
    kept = int(said.rpartition("spool ")[2])
    assert kept > speech.RATE * 2, "more than a second of sound"
