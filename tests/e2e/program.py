"""The installed program, run as a user runs it: its own data folder, no network, a private sound server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VIVA = Path(sys.executable).with_name("viva")
MICRO = Path(__file__).parent.parent / "whisper_micro" / "micro.en.pt"
"""A checkpoint in Whisper's own format that knows a few synthetic voices."""

_OFFLINE = Path(__file__).parent / "offline"


@dataclass(frozen=True)
class Program:
    """One user on one machine."""

    data: Path
    home: Path
    sound: Mapping[str, str]
    """The environment of the sound server."""

    @property
    def environment(self) -> dict[str, str]:
        """What the program sees; any connection to another machine is refused."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VIVA_", "XDG_"))}
        own = {"HOME": str(self.home), "PYTHONPATH": str(_OFFLINE), "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
        return {**kept, **self.sound, **own}

    def command(self, *arguments: str, model: str = str(MICRO)) -> list[str]:
        """The command line."""
        return [str(VIVA), "--data", str(self.data), "--model", model, *arguments]

    def run(self, *arguments: str, model: str = str(MICRO), text: str = "", within: float = 90) -> Any:
        """Run to the end."""
        return subprocess.run(
            self.command(*arguments, model=model),
            env=self.environment,
            input=text,
            capture_output=True,
            text=True,
            timeout=within,
            check=False,
        )

    def start(self, *arguments: str, model: str = str(MICRO), under: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        """Run it beside the test, its input and output in the test's hands; `under` another program, if any."""
        return subprocess.Popen(
            [*under, *self.command(*arguments, model=model)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @staticmethod
    def answer(viva: subprocess.Popen[str], seconds: float, speak: Callable[[], object] = lambda: None) -> str:
        """Answer one question of a plain session: Enter, `speak`, so many seconds, Enter; what was said to the end."""
        assert viva.stdin is not None
        assert viva.stdout is not None
        said = ""
        for sign, pause in (("Press Enter to answer", 0.0), ("Recording on", seconds)):
            while sign not in said:
                line = viva.stdout.readline()
                assert line, f"the program ended:\n{said}"
                said += line
            if pause:
                speak()
                time.sleep(pause)
            viva.stdin.write("\n")
            viva.stdin.flush()
        rest, errors = viva.communicate(timeout=120)
        assert viva.returncode == 0, errors
        assert errors == ""
        return said + rest

    def takes(self) -> list[dict[str, Any]]:
        """Everything that is archived, as the program exports it."""
        done = self.run("export", "all", "--format", "json")
        return list(json.loads(done.stdout)["reviews"]) if done.returncode == 0 else []

    def audio(self, take: dict[str, Any]) -> Path:
        """A take's recording."""
        return self.data / "takes" / f"{take['take']['id']}.flac"
