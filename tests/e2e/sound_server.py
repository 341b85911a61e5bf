"""A private sound server: a virtual microphone and a virtual loudspeaker, nothing shared, ended by its pid.

    say(wav) -> sink `vmic` -> its monitor -> source `mic` -> whoever records
    whoever plays -> sink `vspk` -> its monitor -> hear()

All runs at 48 kHz and 16 bit, so what goes in comes out sample for sample, and tests can demand equality.
`norewinds=1` matters: without it the null sinks render blocks of two seconds and swallow up to 1.5 s at the start.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

RATE = 48_000

_ALSA = "</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n"
_OURS = ("PULSE_", "XDG_", "DBUS_", "ALSA_", "PIPEWIRE_")
_MODULES = (
    "module-null-sink sink_name=vmic rate=48000 channels=1 format=s16le norewinds=1",
    "module-null-sink sink_name=vspk rate=48000 channels=2 format=s16le norewinds=1",
    "module-remap-source source_name=mic master=vmic.monitor",
)


@dataclass
class SoundServer:
    """A running server; `env` is what its clients need."""

    root: Path
    process: subprocess.Popen[bytes]
    env: Mapping[str, str]
    helpers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def pactl(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], env=self.env, check=True, capture_output=True, text=True, timeout=20)
        return done.stdout

    def _run(self, *words: str) -> subprocess.Popen[bytes]:
        helper = subprocess.Popen(
            words,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.helpers.append(helper)
        return helper

    def say(self, wav: Path, sink: str = "vmic") -> subprocess.Popen[bytes]:
        """Speak a WAV file into the microphone; returns at once."""
        return self._run("paplay", f"--device={sink}", str(wav))

    @contextmanager
    def hear(self, raw: Path) -> Iterator[Path]:
        """Write what the loudspeaker plays meanwhile to `raw`: 48 kHz, one channel, 16 bit."""
        listener = self._run(
            "parec", "--device=vspk.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le", str(raw)
        )
        deadline = time.monotonic() + 20
        while not (raw.exists() and raw.stat().st_size > RATE // 5):
            assert time.monotonic() < deadline, "parec does not listen"
            time.sleep(0.02)
        try:
            yield raw
        finally:
            time.sleep(0.5)  # what is still on its way through the server
            listener.terminate()
            listener.wait(10)

    def mute(self, source: str = "mic") -> None:
        self.pactl("set-source-mute", source, "1")

    def suspend(self, source: str = "mic", yes: bool = True) -> None:
        self.pactl("suspend-source", source, "1" if yes else "0")

    def add_source(self, name: str) -> None:
        """Another microphone, on the same sound."""
        self.pactl("load-module", "module-remap-source", f"source_name={name}", "master=vmic.monitor")

    def unplug(self, source: str = "mic") -> None:
        """Take the source away."""
        self._unload(f"source_name={source} ")

    def unplug_all(self) -> None:
        """No source, no sink is left."""
        self.unplug()
        self._unload("sink_name=vmic ")
        self._unload("sink_name=vspk ")

    def _unload(self, argument: str) -> None:
        for line in self.pactl("list", "short", "modules").splitlines():
            number, _, arguments = line.partition("\t")
            if argument in arguments + " ":
                self.pactl("unload-module", number)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def close(self) -> None:
        for helper in self.helpers:
            if helper.poll() is None:
                helper.kill()
            helper.wait(10)
        if self.process.poll() is None:
            self.thaw()
            self.kill()
        shutil.rmtree(self.root, ignore_errors=True)


def environment(root: Path, alsa: str = _ALSA) -> dict[str, str]:
    """What a program needs to see this server and no other."""
    (root / "asound.conf").write_text(alsa)
    env = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return env | {
        "XDG_RUNTIME_DIR": str(root / "run"),
        "XDG_CONFIG_HOME": str(root / "home" / ".config"),
        "PULSE_RUNTIME_PATH": str(root / "run" / "pulse"),
        "PULSE_STATE_PATH": str(root / "state"),
        "PULSE_SERVER": f"unix:{root}/run/native",
        "ALSA_CONFIG_PATH": str(root / "asound.conf"),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "DBUS_SYSTEM_BUS_ADDRESS": "disabled:",
    }


def start() -> SoundServer:
    """Start one and wait until it answers; an error where its programs are missing."""
    for program in ("pulseaudio", "pactl", "paplay", "parec"):
        assert shutil.which(program), f"{program} is missing: install pulseaudio and pulseaudio-utils"
    root = Path(tempfile.mkdtemp(prefix="pa-"))  # a socket's path may have 107 bytes, pytest's own are too long
    for folder in (root / "run", root / "home"):
        folder.mkdir(mode=0o700)
    env = environment(root)
    socket = root / "run" / "native"
    modules = [f"module-native-protocol-unix auth-anonymous=1 socket={socket}", *_MODULES]
    with (root / "server.log").open("wb") as log:
        process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
            + ["--realtime=no", "--high-priority=no", "--log-target=stderr", "--log-level=notice"]
            + [word for module in modules for word in ("-L", module)],
            env={name: value for name, value in env.items() if name != "PULSE_SERVER"} | {"HOME": str(root / "home")},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server = SoundServer(root, process, env)
    try:
        _wait_until_it_answers(server)
        server.pactl("set-default-sink", "vspk")
        server.pactl("set-default-source", "mic")
    except BaseException:
        server.close()
        raise
    return server


def _wait_until_it_answers(server: SoundServer) -> None:
    deadline = time.monotonic() + 30
    while subprocess.run(["pactl", "info"], check=False, env=server.env, capture_output=True, timeout=20).returncode:
        log = (server.root / "server.log").read_text(errors="replace")
        assert server.process.poll() is None, f"pulseaudio ended: {log}"
        assert time.monotonic() < deadline, f"pulseaudio does not answer: {log}"
        time.sleep(0.05)
