"""What all tests share."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.e2e import sound_server as server
from tests.e2e.sound_server import SoundServer

settings.register_profile("patient", deadline=None)  # a busy machine is no failure
settings.load_profile("patient")


OFFLINE = Path(__file__).parent / "e2e" / "offline"
"""Refuses every connection to another machine: in this process from here on, in its children by PYTHONPATH."""

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(OFFLINE), os.environ.get("PYTHONPATH"))))
runpy.run_path(str(OFFLINE / "sitecustomize.py"))


@pytest.fixture
def sound_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A private sound server that this process and all its children use; without pulseaudio the test fails."""
    running = server.start()
    for name, value in running.env.items():
        monkeypatch.setenv(name, value)
    yield running
    running.close()
