"""How the parts of this machine are doing, in words, each with its remedy."""

from __future__ import annotations

import asyncio
from pathlib import Path

from vivavoce.audio import Device
from vivavoce.engines import weights
from vivavoce.errors import SoundError, VivaError
from vivavoce.locations import Locations
from vivavoce.model import Interviewer
from vivavoce.ports import Voice
from vivavoce.practice import Condition, State, Weights
from vivavoce.settings import Settings
from vivavoce.text import clean
from vivavoce.wiring import factories

_NO_INPUT = "Plug a microphone in, or take a first look with the demo microphone (`--microphone demo`)."
_NO_OUTPUT = "Plug in a loudspeaker or headphones; until then the questions are shown to read."


async def states(locations: Locations, options: Settings, voice: Voice, who: Interviewer) -> tuple[State, ...]:
    """Microphone, loudspeaker, voice and recogniser, looked at side by side."""
    sound, speaking, recognising = await asyncio.gather(
        _sound(locations, options), _speaking(voice, who), _recognising(options)
    )
    return (*sound, speaking, recognising)


async def _sound(locations: Locations, options: Settings) -> tuple[State, State]:
    try:
        found = await factories.devices(locations)
    except SoundError as error:
        failed = State("Loudspeaker", Condition.MISSING, error.sentence, error.remedy)
        microphone = State("Microphone", Condition.MISSING, error.sentence, error.remedy)
        return (_stand_in(options) or microphone, failed)
    return (
        _stand_in(options) or _device("Microphone", found.inputs, options.device, _NO_INPUT),
        _device("Loudspeaker", found.outputs, options.loudspeaker, _NO_OUTPUT),
    )


def _stand_in(options: Settings) -> State | None:
    """The state of a microphone that is none; None where a real one is wanted."""
    if options.microphone == "demo":
        return State("Microphone", Condition.READY, "The demo microphone: a second voice speaks sample answers.")
    if not options.microphone:
        return None
    name = clean(options.microphone)
    if Path(options.microphone).is_file():
        return State("Microphone", Condition.READY, f"The sound file {name} is played instead of one.")
    return State(
        "Microphone", Condition.MISSING, f"There is no sound file {name}.", "Give the path of one that exists."
    )


def _device(part: str, found: tuple[Device, ...], wanted: str, remedy: str) -> State:
    kind = "input" if part == "Microphone" else "output"
    if not found:
        return State(part, Condition.MISSING, f"No {kind} device was found.", remedy)
    fitting = [d for d in found if wanted.lower() in d.name.lower()] if wanted else [d for d in found if d.default]
    if wanted and not fitting:
        names = "; ".join(device.name for device in found)
        return State(part, Condition.MISSING, f"There is no {kind} device named `{clean(wanted)}`.", f"Found: {names}.")
    return State(part, Condition.READY, f"{(fitting or list(found))[0].name}.")


async def _speaking(voice: Voice, who: Interviewer) -> State:
    try:
        rendering = await voice.render("Ready.", who)
    except VivaError as error:
        return State("Voice", Condition.MISSING, error.sentence, error.remedy)
    if rendering.notice:
        return State("Voice", Condition.LIMITED, rendering.notice)
    return State("Voice", Condition.READY, f"{who.name} speaks through {rendering.engine}.")


async def _recognising(options: Settings) -> State:
    name = clean(options.model)
    try:
        path, published = weights.located(options.model)
    except VivaError as error:
        remedy = f"{error.remedy} Until then takes are measured by their sound, and kept for later."
        return State("Recogniser", Condition.MISSING, error.sentence, remedy)
    if published is not None and (await weights.look(published.name)).state is not weights.State.PRESENT:
        damaged = f"The weights in {clean(str(path))} are damaged."
        return State("Recogniser", Condition.MISSING, damaged, f"Fetch them again with `viva model fetch {name}`.")
    return State("Recogniser", Condition.READY, f"Whisper {name} is on this machine.")


def models(selected: str) -> tuple[Weights, ...]:
    """The Whisper models that are known, in their makers' order."""
    folder = weights.folder()
    return tuple(
        Weights(
            name=known.name,
            present=(folder / known.file).is_file(),
            size=known.megabytes,
            place=str(folder / known.file),
            address=known.url,
            chosen=known.name == selected,
        )
        for known in weights.known().values()
    )
