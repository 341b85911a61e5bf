"""What may be loaded where: nothing heavy in the main process, and importing does nothing."""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import grimp
import pytest

import vivavoce

HEAVY = {"numpy", "sounddevice", "soundfile", "soxr", "pyttsx3", "pocketsphinx", "numba", "torch", "whisper"}
SCREEN = {"textual", "rich"}

PROBE = """
import importlib, json, sys
network, written = [], []
def watch(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        network.append(event)
        raise ConnectionRefusedError("no network while importing")
    if event == "open" and isinstance(arguments[0], str) and isinstance(arguments[2], int):
        if arguments[2] & 3 and "__pycache__" not in arguments[0] and not arguments[0].startswith("/dev/"):
            written.append(arguments[0])
sys.addaudithook(watch)
importlib.import_module(sys.argv[1])
tops = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"modules": tops, "network": network, "written": written}))
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What importing one module in a fresh process did."""

    modules: set[str]
    network: list[str]
    written: list[str]
    home: list[str]
    printed: str


@cache
def loaded(module: str, folder: str = "") -> Loaded:
    with TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "VIVA_"))}
        run = subprocess.run(
            [sys.executable, "-P", "-c", PROBE, module],
            capture_output=True,
            text=True,
            check=False,
            cwd=home,
            env={**environment, "HOME": home, "TMPDIR": home, "PYTHONPATH": folder},
        )
        assert run.returncode == 0, run.stderr
        *chatter, report = run.stdout.splitlines()
        found = json.loads(report)
        left = sorted(str(path.relative_to(home)) for path in Path(home).rglob("*"))
        return Loaded(
            set(found["modules"]), found["network"], found["written"], left, "\n".join([*chatter, run.stderr])
        )


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("vivavoce", include_external_packages=True, cache_dir=None)


@cache
def main_process() -> frozenset[str]:
    """Every module that the main process can ever load: what `__main__` reaches, late imports included."""
    reached = {"vivavoce.__main__", *graph().find_upstream_modules("vivavoce.__main__")}
    ours = {name for name in reached if name.partition(".")[0] == "vivavoce"}
    parents = {name.rpartition(".")[0] for name in ours} - {""}
    return frozenset(ours | parents)


ALL = sorted({"vivavoce", *(found.name for found in pkgutil.walk_packages(vivavoce.__path__, "vivavoce."))})
MAIN = sorted(main_process())
HEADLESS = [name for name in MAIN if not name.startswith("vivavoce.tui")]


def test_the_probe_sees_what_it_looks_for(tmp_path: Path) -> None:
    (tmp_path / "culprit.py").write_text(
        "import socket, numpy, rich, os\n"
        "open(os.path.expanduser('~/settings'), 'w').close()\n"
        "try:\n    socket.create_connection(('127.0.0.1', 9))\n"
        "except ConnectionRefusedError:\n    print('hello')\n"
    )
    found = loaded("culprit", str(tmp_path))
    assert found.modules & HEAVY == {"numpy"}
    assert found.modules & SCREEN == {"rich"}
    assert found.network == ["socket.getaddrinfo"]
    assert found.home == ["settings"]
    assert [Path(path).name for path in found.written] == ["settings"]
    assert found.printed == "hello\n"


def test_the_main_process_is_most_of_the_program_and_runs_no_program_of_a_child_itself() -> None:
    assert {f"vivavoce.{name}" for name in ("cli", "wiring", "practice", "plain", "tui", "model")} <= set(MAIN)
    assert [name for name in MAIN if name.startswith("vivavoce.programs.")] == []


@pytest.mark.parametrize("module", MAIN)
def test_a_module_of_the_main_process_loads_nothing_heavy(module: str) -> None:
    assert loaded(module).modules & HEAVY == set()


@pytest.mark.parametrize("module", MAIN)
def test_a_module_of_the_main_process_names_nothing_heavy_not_even_for_later(module: str) -> None:
    assert graph().find_modules_directly_imported_by(module) & HEAVY == set()


@pytest.mark.parametrize("module", HEADLESS)
def test_a_headless_module_loads_no_screen(module: str) -> None:
    assert loaded(module).modules & SCREEN == set()


@pytest.mark.parametrize("module", ALL)
def test_importing_writes_no_file_reaches_for_no_network_and_says_nothing(module: str) -> None:
    found = loaded(module)
    assert found.network == []
    assert found.written == []
    assert found.home == []
    assert found.printed == ""
