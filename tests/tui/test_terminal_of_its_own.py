"""The app in a real terminal of 80 columns and 24 lines: what stays on it at the end, and what if it goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest


def started(folder: Path, what: str) -> pexpect.spawn:
    environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    command = ["-m", "tests.tui.on_a_terminal", str(folder), what]
    return pexpect.spawn(
        sys.executable, command, env=environment, dimensions=(24, 80), encoding="utf-8", codec_errors="replace"
    )


def test_after_the_unexpected_one_sentence_stays_on_the_terminal_and_the_status_is_1(tmp_path: Path) -> None:
    program = started(tmp_path, "broken")
    program.expect(pexpect.EOF, timeout=30)
    program.close()
    left = program.before.split("\x1b[?1049l")[-1]
    assert "Something went wrong that Viva Voce did not expect (RuntimeError)." in " ".join(left.split())
    assert "Traceback" not in left
    assert "BROKEN" not in left
    assert program.exitstatus == 1
    log = (tmp_path / "data" / "viva.log").read_text()
    assert "RuntimeError" in log
    assert "BROKEN" not in log


@pytest.mark.parametrize("attempt", range(4))
def test_a_terminal_that_is_closed_in_mid_answer_ends_the_program_and_keeps_the_take(
    tmp_path: Path, attempt: int
) -> None:
    program = started(tmp_path, "answering")
    program.expect("Recording", timeout=30)
    time.sleep(0.1 * attempt)
    os.close(program.child_fd)
    for name in (signal.SIGHUP, signal.SIGCONT):  # as the kernel does
        os.kill(program.pid, name)
    deadline = time.monotonic() + 30
    while os.waitpid(program.pid, os.WNOHANG) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(program.pid, signal.SIGKILL)
            raise AssertionError("the program never ended")
        time.sleep(0.05)
    assert (tmp_path / "takes").read_text() == "1"


WRITES = """
import sys
from pathlib import Path
from vivavoce.terminal import chatter_to
with chatter_to(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(100):
        sys.__stderr__.write("drawn")
        sys.__stderr__.flush()
print("alive", flush=True)
"""


def test_what_is_drawn_on_a_terminal_that_is_gone_is_dropped(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(tmp_path / "log")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    os.close(ours)
    said, _ = program.communicate("\n", timeout=30)
    assert said == "alive\n"
