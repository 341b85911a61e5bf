"""Engines by name: exactly one is loaded, and only inside the child process that needs it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType

from vivavoce.errors import SettingsError
from vivavoce.text import clean

VOICES: Mapping[str, str] = {
    "pyttsx3": "vivavoce.engines.pyttsx3_voice",
    "command": "vivavoce.engines.command_voice",
}
"""Modules with `speak(Speak) -> str` and `voices(driver) -> tuple[str, ...]`."""

EARS: Mapping[str, str] = {
    "openai-whisper": "vivavoce.engines.whisper_ear",
    "pocketsphinx": "vivavoce.engines.sphinx_ear",
}
"""Modules with `load(Ear) -> listening.Listener`."""


def known(name: str, names: Mapping[str, str] | tuple[str, ...], what: str) -> str:
    """`name`, if it is one of these. Raises SettingsError that lists them."""
    if name in names:
        return name
    raise SettingsError(f"There is no {what} `{clean(name)}`.", f"Known are: {', '.join(names)}.")


def load(table: Mapping[str, str], name: str) -> ModuleType:
    """The module of one engine. Raises SettingsError for an unknown name, ImportError where it is not installed."""
    return importlib.import_module(table[known(name, table, "engine")])
