"""Does one awkward thing after the other, as engines and sound servers do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.children.programs.messages import Do, News, Said
from vivavoce.children import Parent
from vivavoce.errors import NoMicrophone

parent = Parent.meet(Do)


def say(how: str) -> None:
    parent.send(Said(how))


def news(how: str) -> None:
    for step in range(int(how)):
        parent.send(News(step / int(how)))
    parent.send(Said("done"))


def chatter(how: str) -> None:
    print(f"printed {how}", flush=True)
    os.write(1, f"written {how}\n".encode())
    subprocess.run(["echo", f"grandchild {how}"], check=True)
    parent.send(Said("quiet"))


def read(_: str) -> None:
    own = os.read(0, 100)
    inherited = subprocess.run(["cat"], capture_output=True, check=True).stdout
    parent.send(Said(repr(own + inherited)))


def fail(how: str) -> None:
    parent.fail(NoMicrophone("There is no microphone.", how))


def unknown_error(_: str) -> None:
    # an error of a kind that the main process does not know
    parent.fail(type("SystemExit", (NoMicrophone,), {})("Odd.", "None."))


def raise_error(how: str) -> None:
    raise RuntimeError(how)


def exit_with(how: str) -> None:
    os._exit(int(how))


def be_killed(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def be_killed_once(how: str) -> None:
    try:
        Path(how).touch(exist_ok=False)
    except FileExistsError:
        parent.send(Said(f"second time, {os.getpid()}"))
    else:
        os.kill(os.getpid(), signal.SIGKILL)


def babble(how: str) -> None:
    parent._outgoing.write(how.encode() + b"\n")
    time.sleep(600)


def stop_in_mid_sentence(_: str) -> None:
    parent._outgoing.write(b'{"Said":{"text":"half')
    os._exit(0)


def sleep(_: str) -> None:
    time.sleep(600)


def hang_up_and_live_on(_: str) -> None:
    parent._outgoing.close()
    time.sleep(600)


def leave_a_grandchild(how: str) -> None:
    grandchild = subprocess.Popen(["sleep", "600"])
    Path(how).write_text(str(grandchild.pid))
    time.sleep(600)


def create(how: str) -> None:
    Path(how).touch()
    parent.send(Said(oct(Path(how).stat().st_mode & 0o777)))


def signals(_: str) -> None:
    for number in (signal.SIGINT, signal.SIGHUP):
        os.kill(os.getpid(), number)
    parent.send(Said(f"alive, leader of its session: {os.getsid(0) == os.getpid()}"))


for request in parent.messages():
    getattr(sys.modules["__main__"], request.what)(request.how)
