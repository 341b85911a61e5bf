"""The wheel is whole: built, installed into an empty environment, used from another folder, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


def quietly(*command: str | Path, **options) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    quietly(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel, and nothing else of Viva Voce.

    What the wheel depends on is not fetched again: it is lent from the environment of the tests. A folder that a .pth
    file names is searched for modules, but its own .pth files are not read: the editable checkout stays out of sight.
    """
    folder = tmp_path_factory.mktemp("empty environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    quietly(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", wheel)
    own = quietly(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(own) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", ["question_bank", "voices"])
def test_every_file_of_the_bank_and_the_voices_is_in_the_wheel(folder: str, wheel: Path) -> None:
    files = {path.name for path in (ROOT / folder).glob("*.toml")}
    assert files
    assert {f"vivavoce/shipped/{folder}/{name}" for name in files} <= names(wheel)


def test_every_source_file_is_in_the_wheel_and_no_test_is(wheel: Path) -> None:
    source = ROOT / "src"
    files = {
        str(path.relative_to(source))
        for path in (source / "vivavoce").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files <= names(wheel)
    assert [name for name in names(wheel) if name.startswith("tests")] == []
    assert any(name.endswith("licenses/LICENSE") for name in names(wheel))


def viva(installed: Path, elsewhere: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("VIVA_", "PYTHON"))}
    data = elsewhere / "data"
    return quietly(installed / "bin" / "viva", *arguments, cwd=elsewhere, env={**environment, "VIVA_DATA": str(data)})


def test_what_is_run_is_the_wheel_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = quietly(installed / "bin" / "python", "-c", "import vivavoce; print(vivavoce.__file__)", cwd=tmp_path)
    assert installed in Path(where.strip()).parents


def test_the_installed_program_finds_its_questions_from_another_folder(installed: Path, tmp_path: Path) -> None:
    said = viva(installed, tmp_path, "questions", "--kind", "closing")
    assert len([line for line in said.splitlines() if line.startswith("closing")]) >= 8


def test_the_installed_program_finds_its_interviewers_from_another_folder(installed: Path, tmp_path: Path) -> None:
    said = viva(installed, tmp_path, "voices")
    shipped = [path.stem for path in (ROOT / "voices").glob("*.toml")]
    assert len(shipped) >= 4
    for name in shipped:
        assert name in said
