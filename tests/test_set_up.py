"""`make run` and `make test` on machines that lack something: small honest programs stand in for the machine's own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLS = (
    "bash",
    "cat",
    "chmod",
    "cksum",
    "cp",
    "dirname",
    "env",
    "find",
    "make",
    "mkdir",
    "readlink",
    "rm",
    "sh",
    "uname",
)
RUN = ("libportaudio2", "espeak-ng")
TEST = (*RUN, "pulseaudio", "pulseaudio-utils", "libasound2-plugins", "tmux")

NOTE = 'printf "%s\\n" "${0##*/} $*" >>"$LOG"\n'

PYTHON = f"""#!/bin/sh
{NOTE}
case "$*" in
    "--version") echo "Python ${{PYTHON_IS:-3.11.2}}" ;;
    *version_info*) [ "${{PYTHON_IS:-3.11.2}}" = 3.11.2 ] ;;
    *ensurepip*) [ -z "${{NO_VENV:-}}" ] ;;
    *"-m venv"*)
        mkdir -p .venv/bin && cp "$FAKES/python3" .venv/bin/python
        printf '#!/bin/sh\\necho "viva: $*"\\nexit 3\\n' >.venv/bin/viva
        for tool in ruff mypy lint-imports pytest; do cp "$FAKES/tool" .venv/bin/$tool; done
        chmod +x .venv/bin/* ;;
    *"pip install"*) [ -z "${{NO_NETWORK:-}}" ] ;;
esac
"""

FAKES = {
    "python3": PYTHON,
    "dpkg-query": '#!/bin/sh\ncase " $THERE " in *" $3 "*) printf installed ;; *) exit 1 ;; esac\n',
    "apt-get": f"#!/bin/sh\n{NOTE}[ -z \"${{NO_NETWORK:-}}\" ]\n",
    "id": '#!/bin/sh\necho "${USER_ID:-0}"\n',
    "sudo": f'#!/bin/sh\n{NOTE}exec "$@"\n',
    "tool": f'#!/bin/sh\n{NOTE}[ "${{0##*/}}" != "${{FAILS:-}}" ]\n',
}  # fmt: skip


class Machine:
    """A checkout in a folder with a space in its name, and what there is on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "a check out"
        self.checkout.mkdir()
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(ROOT / name, self.checkout)
        for name in ("scripts", ".ci"):
            shutil.copytree(ROOT / name, self.checkout / name)
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "log"
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        for name, text in FAKES.items():
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)
        self.environment = {
            "PATH": str(self.bin), "LOG": str(self.log), "FAKES": str(self.bin), "THERE": " ".join(TEST)
        }  # fmt: skip

    def lacks(self, *programs: str) -> None:
        for name in programs:
            (self.bin / name).unlink()

    def make(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("")
        return self.start("make", *arguments, **environment)

    def start(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        told = {**self.environment, **environment}
        return subprocess.run(command, cwd=self.checkout, env=told, capture_output=True, text=True, check=False)

    def did(self, start: str) -> list[str]:
        """What was called, of those calls that begin like this."""
        return [line for line in self.log.read_text().splitlines() if line.startswith(start)]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_machine_that_has_everything_gets_an_environment_and_the_trainer(machine: Machine) -> None:
    done = machine.make("-s", "run", "ARGS=practise --plain")
    assert done.stdout == "viva: practise --plain\n"
    assert machine.did("apt-get") == []
    assert machine.did("python3 -m venv") == ["python3 -m venv --clear .venv"]
    assert machine.did("python -m pip install") == ["python -m pip install --disable-pip-version-check --editable ."]


def test_the_second_time_nothing_is_called_but_the_trainer(machine: Machine) -> None:
    machine.make("run")
    done = machine.make("run")
    assert done.stdout == "viva: \n"
    assert "Installing" not in done.stderr
    assert machine.log.read_text() == ""


def test_the_trainers_exit_status_is_not_swallowed(machine: Machine) -> None:
    assert machine.make("run").returncode != 0  # the stand-in leaves with 3


@pytest.mark.parametrize(("target", "packages"), [("run", RUN), ("test", TEST)])
def test_missing_packages_are_named_and_installed_after_an_update(
    target: str, packages: tuple[str, ...], machine: Machine
) -> None:
    done = machine.make(target, THERE="")
    assert f"Installing Debian packages: {' '.join(packages)}" in done.stderr
    update, install = machine.did("apt-get")
    assert update.startswith("apt-get update")
    assert install.startswith("apt-get install")
    assert install.endswith(" ".join(packages))
    assert " -y " in install


def test_only_what_is_missing_is_installed(machine: Machine) -> None:
    machine.make("run", THERE="espeak-ng")
    assert machine.did("apt-get install")[0].endswith(" --no-install-recommends libportaudio2")


def test_pythons_own_missing_parts_are_installed_too(machine: Machine) -> None:
    machine.make("run", NO_VENV="1")
    assert machine.did("apt-get install")[0].endswith(" --no-install-recommends python3-venv")


def test_who_is_not_root_installs_through_sudo(machine: Machine) -> None:
    machine.make("run", THERE="", USER_ID="1000")
    assert [line.split()[1] for line in machine.did("sudo")] == ["apt-get", "env"]
    assert len(machine.did("apt-get")) == 2


@pytest.mark.parametrize("trouble", ["no sudo", "no network"])
def test_packages_that_cannot_be_installed_stop_the_checks_and_not_the_trainer(trouble: str, machine: Machine) -> None:
    machine.make("test")
    if trouble == "no sudo":
        machine.lacks("sudo")
    circumstances = {"THERE": "", "USER_ID": "1000", "NO_NETWORK": "1" if trouble == "no network" else ""}
    run, test = machine.make("run", **circumstances), machine.make("test", **circumstances)
    assert run.stdout == "viva: \n"
    assert "Going on without them" in run.stderr
    assert test.returncode != 0
    assert "The checks need these packages: libportaudio2 espeak-ng" in test.stderr
    assert machine.did("pytest") == []
    if trouble == "no sudo":
        assert "can be installed by root: apt-get install libportaudio2 espeak-ng" in run.stderr


def test_where_there_is_no_apt_one_sentence_says_once_what_is_needed(machine: Machine) -> None:
    machine.lacks("apt-get", "dpkg-query")
    first, second = machine.make("run"), machine.make("run")
    assert "PortAudio and eSpeak NG are needed: install them with your system's package manager." in first.stderr
    assert first.stdout == second.stdout == "viva: \n"
    assert "PortAudio" not in second.stderr


def test_a_python_that_is_too_old_is_told_in_a_sentence_and_nothing_is_made(machine: Machine) -> None:
    done = machine.make("run", PYTHON_IS="3.9.2")
    assert done.returncode != 0
    assert "Python 3.11 or later is needed, and python3 is Python 3.9.2" in done.stderr
    assert not (machine.checkout / ".venv").exists()


def test_no_python_at_all_is_told_in_a_sentence(machine: Machine) -> None:
    machine.lacks("apt-get", "python3")
    done = machine.make("run")
    assert done.returncode != 0
    assert "Python 3.11 or later is needed, and there is no python3" in done.stderr


def test_another_python_can_be_named(machine: Machine) -> None:
    shutil.copy(machine.bin / "python3", machine.bin / "python3.12")
    machine.make("run", "PYTHON=python3.12")
    assert machine.did("python3.12 -m venv") == ["python3.12 -m venv --clear .venv"]


def test_an_installation_that_broke_off_is_taken_up_again(machine: Machine) -> None:
    broken = machine.make("run", NO_NETWORK="1")
    assert broken.returncode != 0
    assert "Not everything could be installed" in broken.stderr
    assert "viva:" not in broken.stdout
    assert machine.make("run").stdout == "viva: \n"
    assert machine.did("python3 -m venv") == []
    assert len(machine.did("python -m pip install")) == 1


def change_requirements(machine: Machine) -> None:
    with (machine.checkout / "pyproject.toml").open("a") as file:
        file.write("# a newer requirement\n")


def move_the_folder(machine: Machine) -> None:
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("else where"))


def upgrade_python(machine: Machine) -> None:
    python = machine.checkout / ".venv/bin/python"
    shutil.move(python, machine.bin / "python3.13")
    python.symlink_to(machine.bin / "python3.13")


@pytest.mark.parametrize(
    ("change", "made_anew"), [(change_requirements, False), (move_the_folder, True), (upgrade_python, False)]
)
def test_what_a_change_made_stale_is_installed_again(
    change: Callable[[Machine], None], made_anew: bool, machine: Machine
) -> None:
    machine.make("run")
    change(machine)
    assert machine.make("run").stdout == "viva: \n"
    assert bool(machine.did("python3 -m venv")) is made_anew
    assert len(machine.did("python")) > 0
    machine.make("run")
    assert machine.log.read_text() == ""


def test_the_checks_bring_their_own_tools_and_then_the_trainer_is_ready_too(machine: Machine) -> None:
    machine.make("run")
    machine.make("test")
    assert machine.did("python -m pip install")[0].endswith("--editable .[dev]")
    machine.make("run")
    assert machine.log.read_text() == ""


PYTEST = "pytest --numprocesses 2 --dist loadfile"


def test_every_check_runs_and_one_that_fails_makes_the_whole_fail(machine: Machine) -> None:
    calls = ["ruff check", "ruff format --check", "mypy", "lint-imports", f"{PYTEST} tests -x"]
    done = machine.make("test", "ARGS=tests -x")
    assert done.returncode == 0
    assert "Everything holds." in done.stdout
    for name in ("ruff", "mypy", "lint-imports", "pytest"):
        done = machine.make("test", "ARGS=tests -x", FAILS=name)
        assert done.returncode != 0
        assert f"These failed:\n  {name}" in done.stdout
        for call in calls:
            assert machine.did(call), call


def test_the_hook_runs_the_checks_from_wherever_it_is_called(machine: Machine) -> None:
    hook = machine.checkout / ".ci" / "run"
    assert machine.start(str(hook)).returncode == 0
    assert machine.did("pytest") == [PYTEST]
    assert machine.start(str(hook), FAILS="mypy").returncode != 0


def test_cleaning_removes_what_was_made_and_nothing_else(machine: Machine) -> None:
    before = sorted(machine.checkout.rglob("*"))
    machine.make("run")
    (machine.checkout / "scripts" / "__pycache__").mkdir()
    assert machine.make("clean").returncode == 0
    assert sorted(machine.checkout.rglob("*")) == before
