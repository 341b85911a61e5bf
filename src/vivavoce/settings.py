"""Settings: defaults, then the user's file, then the environment, then the command line; the last one wins.

Only differences from the defaults are ever written, so that better defaults reach everybody. An unknown key is an
error that names the nearest known one: a setting that is silently ignored is a comfortable lie.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import platformdirs
import tomli_w

from vivavoce.errors import SettingsError
from vivavoce.locations import Locations
from vivavoce.model import Kind
from vivavoce.text import clean, shorten


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may choose."""

    microphone: str = ""
    """Empty for a real one, `demo`, or the path of a sound file that is played instead."""
    device: str = ""
    """Part of the input device's name; empty for the system's own choice."""
    loudspeaker: str = ""
    """Part of the output device's name; empty for the system's own choice."""
    voice: str = "pyttsx3"
    """`pyttsx3`, `command` (the system's espeak-ng or say) or `text` (nothing is read aloud)."""
    recogniser: str = "openai-whisper"
    model: str = "base.en"
    """A Whisper model by name, or the path of a `.pt` checkpoint."""
    language: str = "en"
    interviewer: str = ""
    """An interviewer's id; empty for the first."""
    kinds: tuple[Kind, ...] = ()
    """Kinds to practise; empty for all."""
    questions: int = 5
    """How many questions in a session."""
    heard_only: bool = False
    """True hides the question's text: it is heard only."""
    theme: str = ""
    """A Textual theme; empty for the program's own."""


_TYPES = get_type_hints(Settings)

_VOICES = ("pyttsx3", "command", "text")

_RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "voice": (lambda name: name in _VOICES, "Use pyttsx3, command or text."),
    "model": (bool, "Name a Whisper model or the path of a `.pt` checkpoint."),
    "language": (bool, "Name a language, as `en`."),
    "kinds": (lambda _: True, f"Known are: {', '.join(Kind)}."),
    "questions": (lambda number: 1 <= number <= 50, "A session has 1 to 50 questions."),
    "heard_only": (lambda _: True, "Use true or false."),
}
"""What a value must be beyond its type, and the sentence that says so."""

_ANY_TEXT = (lambda _: True, "Give a text in quotation marks.")


def load(locations: Locations, environment: Mapping[str, str], flags: Mapping[str, Any]) -> Settings:
    """The settings that hold; a flag that is None or an empty tuple was not given. Raises SettingsError."""
    told = {name: value for name, value in flags.items() if value not in (None, ())}
    return Settings(
        **{**_from_file(locations.settings), **_from_environment(environment), **_checked(told, "the command line")}
    )


def save(locations: Locations, **changes: Any) -> None:
    """Keep these choices; one that equals its default is forgotten. Raises SettingsError, OSError."""
    chosen = {**_from_file(locations.settings), **_checked(changes, "what is to be kept")}
    differences = {name: value for name, value in chosen.items() if value != getattr(Settings(), name)}
    part = locations.settings.with_suffix(".part")
    part.write_text(tomli_w.dumps(msgspec.to_builtins(differences)), encoding="utf-8")
    os.replace(part, locations.settings)


def folders(data: Path | None, environment: Mapping[str, str]) -> Locations:
    """Where the user's data lies: as told, else `VIVA_DATA`, else the platform's own folder."""
    told = str(data) if data is not None else environment.get("VIVA_DATA")
    if told:
        folder = Path(os.path.expanduser(told)).absolute()
        return Locations(folder, folder / "cache")
    return Locations(
        platformdirs.user_data_path("viva-voce", appauthor=False),
        platformdirs.user_cache_path("viva-voce", appauthor=False),
    )


def _from_file(path: Path) -> dict[str, Any]:
    place = clean(str(path))
    try:
        chosen = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(
            f"The settings in {place} cannot be read: {clean(str(error))}.", "Correct or delete that file."
        ) from error
    return _checked(chosen, place)


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        name.removeprefix("VIVA_").lower(): value
        for name, value in environment.items()
        if name.startswith("VIVA_") and name != "VIVA_DATA" and value
    }
    if "kinds" in told:
        told["kinds"] = told["kinds"].replace(",", " ").split()
    return _checked(told, "the environment, as VIVA_…")


def _checked(chosen: Mapping[str, Any], where: str) -> dict[str, Any]:
    return {name: _value(name, value, where) for name, value in chosen.items()}


def _value(name: str, value: Any, where: str) -> Any:
    if name not in _TYPES:
        near = get_close_matches(name, _TYPES, n=1)
        remedy = f"Did you mean `{near[0]}`?" if near else f"Known are: {', '.join(_TYPES)}."
        raise SettingsError(f"There is no setting `{clean(name)}` (in {where}).", remedy)
    holds, remedy = _RULES.get(name, _ANY_TEXT)
    try:
        converted = msgspec.convert(value, _TYPES[name], strict=False)
    except msgspec.ValidationError as error:
        raise _impossible(name, value, where, remedy) from error
    if not holds(converted):
        raise _impossible(name, value, where, remedy)
    return converted


def _impossible(name: str, value: Any, where: str, remedy: str) -> SettingsError:
    shown = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return SettingsError(f"The setting `{name}` (in {where}) cannot be `{shorten(shown, 60)}`.", remedy)
