"""Whisper's weights on this machine: which there are, where they lie, whether they are whole; no heavy imports.

The models, their addresses and their hashes are read out of the installed whisper's own source, without importing it.
"""

from __future__ import annotations

import ast
import asyncio
import hashlib
import importlib.util
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from vivavoce.children import Child, Codec
from vivavoce.engines.messages import Fetch, Fetched, Fetching
from vivavoce.errors import ChildError, FetchError, ModelMissing, RecogniserError
from vivavoce.text import clean

_MEGABYTES = {"tiny": 76, "base": 145, "small": 484, "medium": 1528}
_CODEC = Codec(Fetched, Fetching)
_SILENT = 120.0
"""Seconds without news after which a fetch is given up; the child itself gives a server 30 s, a few times."""


class State(StrEnum):
    """How the weights of a model are."""

    PRESENT = "present"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Weights:
    """One published model."""

    name: str
    url: str
    sha256: str
    megabytes: int | None
    """About how much is fetched; None where we do not know."""

    @property
    def file(self) -> str:
        """The file's name in Whisper's cache."""
        return self.url.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of a model on this machine."""

    weights: Weights
    path: Path
    state: State
    bytes: int | None
    """Size on disk; None where there is nothing."""


def folder(environment: Mapping[str, str] | None = None) -> Path:
    """Whisper's own cache, as Whisper finds it."""
    told = os.environ if environment is None else environment
    base = told.get("XDG_CACHE_HOME")
    return (Path(base) if base is not None else Path.home() / ".cache") / "whisper"


@cache
def known() -> Mapping[str, Weights]:
    """The published models by name. Raises RecogniserError where openai-whisper is not installed."""
    spec = importlib.util.find_spec("whisper")
    if spec is None or spec.origin is None:
        raise RecogniserError("openai-whisper is not installed.", "Install it with `pip install openai-whisper`.")
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    urls = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) and _is_table(node))
    return {
        name: Weights(name, url, url.split("/")[-2], _MEGABYTES.get(name.removesuffix(".en")))
        for name, url in urls.items()
    }


def _is_table(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "_MODELS" for target in node.targets)


def find(model: str, where: Path | None = None) -> Path | None:
    """The file of a model, by name or by path; None where it is not there. Its content is not looked at."""
    weights = known().get(model)
    path = (where or folder()) / weights.file if weights else Path(model).expanduser()
    return path if path.is_file() else None


def located(model: str, where: Path | None = None) -> tuple[Path, Weights | None]:
    """The file of a model, and what is known of it. Raises ModelMissing with the way to get it."""
    weights, path = known().get(model), find(model, where)
    if path is not None:
        return path, weights
    name = clean(model)
    if weights:
        raise ModelMissing(
            f"The weights of {name} are not on this machine.", f"Fetch them with `viva model fetch {name}`."
        )
    if model.endswith(".pt") or os.sep in model:
        raise ModelMissing(f"There is no checkpoint {name}.", "Give the path of a `.pt` file, or a model by name.")
    raise ModelMissing(f"There is no model {name}.", f"Known are: {', '.join(known())}.")


async def look(name: str, where: Path | None = None) -> Found:
    """The state of a published model; its hash is computed in a thread (145 MB take 0.2 s)."""
    return await asyncio.to_thread(check, known()[name], where or folder())


def check(weights: Weights, where: Path) -> Found:
    """The state of these weights in this folder. Reads the whole file."""
    path = where / weights.file
    try:
        with path.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == weights.sha256
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        return Found(weights, path, State.MISSING, None)
    except OSError:
        return Found(weights, path, State.DAMAGED, None)
    return Found(weights, path, State.PRESENT if whole else State.DAMAGED, size)


async def fetch(
    weights: Weights,
    log: Path,
    progress: Callable[[int, int | None], None] | None = None,
    *,
    where: Path | None = None,
    base: str | None = None,
) -> Path:
    """Fetch weights into Whisper's cache, checked before they get their name; goes on where an earlier try ended.

    `progress` is told bytes done and in all. `base` is another server with the same paths. Cancelling ends it at once.
    Raises FetchError or DiskError.
    """
    target = (where or folder()) / weights.file
    url = f"{base.rstrip('/')}/{weights.sha256}/{weights.file}" if base else weights.url
    child = await Child.start("fetcher", _CODEC, log)
    try:
        await child.send(Fetch(url, str(target), weights.sha256))
        while isinstance(news := await child.receive(_SILENT), Fetching):
            if progress is not None:
                progress(news.done, news.total)
    except ChildError as error:
        raise FetchError("Fetching the weights broke off.", "Try again: it goes on where it ended.") from error
    finally:
        await child.kill()
    return target
