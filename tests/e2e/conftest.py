"""A user, a sound server and a terminal."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Program
from tests.e2e.sound_server import SoundServer
from tests.e2e.terminal import Terminal


@pytest.fixture
def program(tmp_path: Path, sound_server: SoundServer) -> Program:
    home = tmp_path / "home"
    home.mkdir()
    return Program(tmp_path / "data", home, sound_server.env)


@pytest.fixture
def terminal(program: Program) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def open_with(*arguments: str, **options: str) -> Terminal:
        opened.append(Terminal(program.command(*arguments, **options), program.environment))
        return opened[-1]

    yield open_with
    for one in opened:
        one.close()
