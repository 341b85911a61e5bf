"""Speech by the system's own command: `espeak-ng`, or `say` on macOS. The text goes to its standard input."""

from __future__ import annotations

import shutil
import subprocess
import sys

from vivavoce.engines.messages import Speak

_PATIENCE = 18.0
"""Seconds; less than the parent waits, so that it is told why."""


def speak(request: Speak) -> str:
    """Write the target; the id of the voice that was used. Raises OSError or SubprocessError."""
    say = sys.platform == "darwin"
    build, preferred = (_say, request.voices.get("nsss", ())) if say else (_espeak, request.voices.get("espeak", ()))
    for voice in (*preferred, ""):
        try:
            _run(build(request, voice), request.text)
        except subprocess.CalledProcessError:
            if not voice:
                raise  # it was not the voice that it did not have
        else:
            return voice
    raise AssertionError("unreachable: the default voice returns or raises")


def voices(_driver: str) -> tuple[str, ...]:
    """The voices that the command lists."""
    if sys.platform == "darwin":
        return tuple(line.split("  ")[0] for line in _run(["say", "-v", "?"]).splitlines())
    return tuple(line.split()[4] for line in _run(["espeak-ng", "--voices"]).splitlines()[1:])


def _espeak(request: Speak, voice: str) -> list[str]:
    settings = ["-s", str(request.rate), "-p", str(request.pitch), "-w", request.target]
    return ["espeak-ng", *(["-v", voice] if voice else []), *settings, "--stdin"]


def _say(request: Speak, voice: str) -> list[str]:
    # nsss names voices com.apple.voice.compact.en-GB.Daniel, `say` names the same one Daniel
    named = ["-v", voice.rpartition(".")[2]] if voice else []
    format_ = ["--file-format=WAVE", "--data-format=LEI16@22050"]
    return ["say", *named, "-r", str(request.rate), *format_, "-o", request.target, "-f", "-"]


def _run(command: list[str], text: str = "") -> str:
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(f"{command[0]} is not installed")
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=_PATIENCE, check=True)
    return done.stdout
