"""Sound and words -> Delivery. Pauses come from the sound, words from the recogniser, and nothing is invented."""

from __future__ import annotations

from vivavoce.delivery.fillers import fillers, lexical
from vivavoce.model import Delivery, Filler, Length, Lights, Pause, Sound, Transcript

VERSION = 1
"""Of these measures; stored with every delivery."""

FEWEST_WORDS = 10
LEAST_SPEECH = 5.0
"""Under ten words or five seconds of speech a rate says nothing (speech rate settles after 8.9 s, Arantes 2018)."""

MOST_CLIPPED = 0.01
"""Share of samples at full scale above which the sound is too damaged to judge."""

LOWEST_SNR = 15.0
"""Decibels between speech and background below which pauses cannot be told from noise."""

NUCLEI_PER_WORD = 1.25
"""Syllable nuclei that `sound` counts for each word: the median of ten recordings of people, which lay between 1.1 and
1.6. A pace from it is an estimate and says so."""

_NOBODY = "nobody could be heard"
_NOISY = "the room is too noisy to tell pauses"
_SHORT = f"under {FEWEST_WORDS} words or {LEAST_SPEECH:.0f} seconds of speech there is too little to judge"


class _Findings:
    """Collects figures and, for each that is absent, the reason."""

    def __init__(self) -> None:
        self.absent: dict[str, str] = {}

    def lack(self, reason: str, *names: str) -> None:
        """Give a reason for these fields, unless one was given before."""
        for name in names:
            self.absent.setdefault(name, reason)


def measure(sound: Sound, transcript: Transcript | None, lights: Lights | None) -> Delivery:
    """What can be said of a take; every field that is None has its reason in `absent`."""
    found = _Findings()
    answer, speech = _clocks(sound, found)
    counted = transcript if transcript is not None and not transcript.draft else None
    words = _words(counted, transcript, sound, found)
    spoken, estimated = _spoken(sound, words, counted)
    reason = _too_little(sound, spoken, answer if speech is None else speech, estimated)
    if reason:
        found.lack(reason, "pace", "speech_pace", "fillers_per_minute")
    held = _fillers(counted, transcript, sound, found)
    return Delivery(
        version=VERSION,
        first_word=sound.voice.start if sound.voice is not None else None,
        answer=answer,
        speech=speech,
        length=_length(answer, lights, found),
        words=words,
        pace=_per_minute(spoken, answer, reason),
        speech_pace=_per_minute(spoken, speech, reason),
        estimated=estimated,
        fillers=held,
        fillers_per_minute=_per_minute(len(held) if held is not None else None, answer, reason),
        pauses=_pauses(sound, found),
        absent=found.absent,
    )


def _clocks(sound: Sound, found: _Findings) -> tuple[float | None, float | None]:
    """Answer time (first voice to last) and speech time (the same less its pauses, where those can be told)."""
    if sound.voice is None:
        found.lack(_NOBODY, "first_word", "answer", "speech", "length", "pace", "speech_pace", "fillers_per_minute")
        return None, None
    answer = sound.voice.seconds
    if _noisy(sound):
        found.lack(_NOISY, "speech", "speech_pace", "pauses")
        return answer, None
    return answer, max(0.0, answer - sum(pause.seconds for pause in sound.pauses))


def _length(answer: float | None, lights: Lights | None, found: _Findings) -> Length | None:
    if lights is None:
        found.lack("there is no limit to hold it against", "length")
        return None
    if answer is None:
        return None
    if answer < lights.green:
        return Length.UNDER
    return Length.OVER if answer > lights.red else Length.WITHIN


def _words(counted: Transcript | None, transcript: Transcript | None, sound: Sound, found: _Findings) -> int | None:
    """Lexical words; hesitations are none."""
    if counted is None:
        found.lack("not counted in a draft" if transcript is not None else "there is no transcript yet", "words")
        return None
    if sound.voice is None:
        found.lack(_NOBODY, "words")
        return None
    return lexical(counted.words)


def _spoken(sound: Sound, words: int | None, counted: Transcript | None) -> tuple[float | None, bool]:
    """How many words were spoken, and whether that is an estimate from the sound."""
    if counted is not None:
        return words, False
    return (sound.syllables / NUCLEI_PER_WORD if sound.syllables is not None else None), True


def _too_little(sound: Sound, spoken: float | None, speech: float | None, estimated: bool) -> str:
    """Why no rate can be told; empty where one can."""
    if sound.clipped > MOST_CLIPPED:
        return "too much of the sound is clipped"
    if estimated and _noisy(sound):
        return "the room is too noisy to estimate it from the sound"  # at 14 dB: 109 estimated, 160 spoken
    if speech is None or spoken is None:
        return _NOBODY
    return _SHORT if spoken < FEWEST_WORDS or speech < LEAST_SPEECH else ""


def _per_minute(count: float | None, seconds: float | None, reason: str) -> float | None:
    if reason or count is None or not seconds:
        return None
    return count * 60 / seconds


def _fillers(
    counted: Transcript | None, transcript: Transcript | None, sound: Sound, found: _Findings
) -> tuple[Filler, ...] | None:
    if counted is None:
        reason = "not counted in a draft" if transcript is not None else "there is no transcript yet"
        found.lack(reason, "fillers", "fillers_per_minute")
        return None
    if sound.voice is None:
        found.lack(_NOBODY, "fillers")
        return None
    return fillers(counted)


def _pauses(sound: Sound, found: _Findings) -> tuple[Pause, ...] | None:
    if sound.voice is None:
        found.lack(_NOBODY, "pauses")
        return None
    return None if _noisy(sound) else sound.pauses


def _noisy(sound: Sound) -> bool:
    """Whether pauses, and with them the speech time, cannot be told from the room."""
    return sound.snr is not None and sound.snr < LOWEST_SNR
