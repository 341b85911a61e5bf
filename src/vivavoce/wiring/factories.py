"""Settings -> one ready object each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from vivavoce.audio import (
    ChildSoundFiles,
    DemoMicrophone,
    DeviceMicrophone,
    Devices,
    FileMicrophone,
    LoudspeakerPlayer,
    probe,
)
from vivavoce.engines import CachedVoice, DraftRecogniser, WhisperRecogniser, weights
from vivavoce.errors import BankError, SettingsError
from vivavoce.locations import Locations, shipped
from vivavoce.model import Interviewer, Question
from vivavoce.ports import Microphone, Player, Recogniser, SoundFiles, Voice
from vivavoce.questions import load_interviewers, load_questions
from vivavoce.settings import Settings
from vivavoce.text import clean

_RECOGNISERS: Mapping[str, Callable[[str, str, Path], Recogniser]] = {"openai-whisper": WhisperRecogniser}


def interviewers(locations: Locations) -> tuple[tuple[Interviewer, ...], tuple[str, ...]]:
    """Who may ask, and sentences about files that could not be used. Raises BankError where nobody is left."""
    loaded = load_interviewers(shipped("voices"), locations.voices)
    if not loaded.interviewers:
        raise BankError("There is no interviewer to be found.", "Install Viva Voce again.")
    return loaded.interviewers, tuple(map(str, loaded.problems))


def questions(locations: Locations) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The bank, and sentences about files that could not be used."""
    bank = load_questions(shipped("question_bank"), locations.questions)
    return bank.questions, tuple(map(str, bank.problems))


def chosen(name: str, known: Sequence[Interviewer]) -> Interviewer:
    """The interviewer of this id; the first where none is named. Raises SettingsError."""
    for interviewer in known:
        if name in ("", interviewer.id):
            return interviewer
    names = ", ".join(interviewer.id for interviewer in known)
    raise SettingsError(f"There is no interviewer `{clean(name)}`.", f"Known are: {names}.")


def voice(locations: Locations, options: Settings) -> Voice:
    """The speech engine of these settings."""
    return CachedVoice(options.voice, locations.speech, locations.log)


def recogniser(locations: Locations, options: Settings) -> Recogniser:
    """The recogniser of these settings. Raises SettingsError for one that is not known."""
    if options.recogniser not in _RECOGNISERS:
        known = ", ".join(_RECOGNISERS)
        raise SettingsError(f"There is no recogniser `{clean(options.recogniser)}`.", f"Known is: {known}.")
    if options.language != "en" and options.model.endswith(".en"):
        raise SettingsError(
            f"Whisper {clean(options.model)} knows English only, and the language is `{clean(options.language)}`.",
            f"Choose a model for many languages: `--model {clean(options.model.removesuffix('.en'))}`.",
        )
    return _RECOGNISERS[options.recogniser](options.model, options.language, locations.log)


def draft(locations: Locations) -> Recogniser:
    """The recogniser that works without weights."""
    return DraftRecogniser(locations.log)


def sound_files(locations: Locations) -> SoundFiles:
    """The reader and writer of sound files."""
    return ChildSoundFiles(locations.log)


async def devices(locations: Locations) -> Devices:
    """The sound devices, looked at afresh. Raises SoundError."""
    return await probe(locations.log)


def player(locations: Locations, options: Settings) -> Player:
    """The loudspeaker of these settings."""
    return LoudspeakerPlayer(locations.log, options.loudspeaker)


def microphone(
    locations: Locations, options: Settings, speaking: Voice, asking: Interviewer, known: Sequence[Interviewer]
) -> Microphone:
    """The microphone of these settings; the demo's answers are spoken by somebody who does not ask."""
    if options.microphone == "demo":
        others = [who for who in known if who != asking] or [asking]
        return DemoMicrophone(speaking, others[0], locations.log)
    if options.microphone:
        return FileMicrophone(Path(options.microphone), locations.log)
    return DeviceMicrophone(locations.log, options.device)


async def fetch(locations: Locations, model: str, progress: Callable[[int, int | None], None]) -> Path:
    """Fetch a model's weights. Raises SettingsError for a model that nobody published, FetchError, DiskError."""
    published = weights.known()
    if model not in published:
        raise SettingsError(f"There is no model `{clean(model)}` to fetch.", f"Known are: {', '.join(published)}.")
    return await weights.fetch(published[model], locations.log, progress)
