"""A real terminal for the real program: tmux on a socket of its own, 80 columns by 24 lines."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


class Terminal:
    """One program in one terminal. `close` ends both."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], *, columns: int = 80, lines: int = 24):
        self._folder = tempfile.TemporaryDirectory(prefix="tmux-")  # a socket's path has at most 107 characters
        self._socket = str(Path(self._folder.name) / "s")
        self._environment = {**environment, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        self.status = Path(self._folder.name) / "status"
        line = f"{shlex.join(command)}; echo $? > {shlex.quote(str(self.status))}; sleep 1000"
        size = ["-x", str(columns), "-y", str(lines)]
        self._tmux("-f", "/dev/null", "new-session", "-d", *size, "/bin/sh", "-c", line)

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
        return done.stdout

    def screen(self) -> str:
        """What is drawn, without colours."""
        return self._tmux("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        """Keys by tmux's names (`Enter`, `Space`, `Escape`, `C-q`) or as themselves."""
        self._tmux("send-keys", *keys)

    def wait_for(self, *texts: str, within: float = 30.0) -> str:
        """Wait until one of these stands on the screen; the screen."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            screen = self.screen()
            if any(text in screen for text in texts):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"none of {texts} on the screen:\n{self.screen()}")

    def wait_for_end(self, within: float = 20.0) -> int:
        """The exit status of the program."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if self.status.exists() and (text := self.status.read_text().strip()):
                return int(text)
            time.sleep(0.05)
        raise AssertionError(f"the program has not ended:\n{self.screen()}")

    def program(self) -> int:
        """The process id of the program (the shell's child)."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        return int(children[0])

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], env=self._environment, check=False, timeout=20)

    def close(self) -> None:
        """End the program and the terminal."""
        self.hang_up()
        self._folder.cleanup()
