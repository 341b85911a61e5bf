"""The data, on one page: what is asked, what was said, what was measured.

The one path: `Question -> Take -> Transcript -> Delivery -> Review -> archive / export / screens`.

Everything is frozen. Seconds are floats from the start of the recording. A number that has no meaning is `None`, never
0 and never NaN. Samples never live in these types: the file on disk is the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """The eleven kinds of questions."""

    WARM_UP = "warm-up"
    ABOUT_YOU = "about-you"
    MOTIVATION = "motivation"
    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    STRENGTHS = "strengths"
    IN_DEPTH = "in-depth"
    TRICKY = "tricky"
    LEFT_FIELD = "left-field"
    QUICK_FIRE = "quick-fire"
    CLOSING = "closing"


class Light(StrEnum):
    """Where an answer stands."""

    EARLY = "early"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Lights:
    """When enough is said (green), when to wrap up (amber), the limit (red); then a short grace, then the end."""

    green: float
    amber: float
    red: float
    grace: float = 15.0
    """Seconds after red at which the recording stops by itself (Toastmasters allow 15 to 30)."""

    @property
    def end(self) -> float:
        """Seconds after which the recording stops by itself."""
        return self.red + self.grace

    def at(self, seconds: float) -> Light:
        """The light that is on after this many seconds of answer."""
        if seconds >= self.red:
            return Light.RED
        if seconds >= self.amber:
            return Light.AMBER
        return Light.GREEN if seconds >= self.green else Light.EARLY


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    id: str
    kind: Kind
    text: str
    think: float
    """Seconds of thinking time, 0 for none."""
    lights: Lights
    listens_for: str = ""
    follow_ups: tuple[str, ...] = ()
    sample: str = ""
    """A sample answer as somebody might say it, hesitations included; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """A voice profile; its manner is one line that tells how this person interviews."""

    id: str
    name: str
    manner: str
    voices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Preferred voice ids by pyttsx3 driver (`espeak`, `sapi5`, `nsss`), best first."""
    rate: int = 170
    pitch: int = 50
    """Words per minute; 0 to 99, as espeak-ng counts (engines without a pitch ignore it)."""
    openings: tuple[str, ...] = ()
    """What may be said before the first question of a session."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a take: `start <= end`, both in seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long the stretch is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Gap:
    """Sound that the device never delivered: seconds of recording before it, and seconds that are missing."""

    at: float
    missing: float


class Ended(StrEnum):
    """Why a recording ended.

    The speaker stopped it; its time was over; the device or the sound server went away, or stayed open and delivered
    nothing more; the disk refused to write; the program ended first, and the spool was finished at a later start.
    """

    STOPPED = "stopped"
    LIMIT = "limit"
    LOST = "lost"
    STALLED = "stalled"
    DISK = "disk"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Capture:
    """How a take was recorded, and on which device, by its own name."""

    device: str
    rate: int
    """Frames per second; one channel, 16 bit."""
    frames: int
    ended: Ended
    gaps: tuple[Gap, ...] = ()
    clipped: int = 0
    """Samples at full scale."""

    @property
    def seconds(self) -> float:
        """How long the recording is."""
        return self.frames / self.rate


@dataclass(frozen=True, slots=True)
class Take:
    """One recorded answer to one question."""

    id: str
    session: str
    question: Question
    """The question as it was asked: later changes of the bank do not reach old takes."""
    started: datetime
    """When the first block of sound arrived, with its time zone."""
    capture: Capture
    note: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a transcript, as written, punctuation included."""

    text: str
    start: float
    end: float
    probability: float | None = None
    """The recogniser's own, 0 to 1; None where it gives none."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a take with times; made by a Recogniser."""

    words: tuple[Word, ...]
    recogniser: str
    model: str
    """The engine, as `openai-whisper`; its model by name, or the file name of a checkpoint."""
    language: str = "en"
    draft: bool = False
    """True where every second word may be wrong: nothing is counted from a draft."""

    @property
    def text(self) -> str:
        """The words in one line."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Pause(Span):
    """Silence between the first and the last word."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What the samples alone tell, words unknown."""

    seconds: float
    voice: Span | None
    """From the first voiced frame to the last; None where nobody speaks, as in all that follows."""
    pauses: tuple[Pause, ...]
    """Silences of at least 0.25 s inside `voice`."""
    peak: float | None
    """Highest sample in dBFS; None for exact silence."""
    loudness: float | None
    """Level of the voiced frames in dBFS."""
    clipped: float
    """Share of samples at full scale, 0 to 1."""
    snr: float | None
    """Decibels between speech and background."""
    syllables: int | None
    """Syllable nuclei counted from the sound, an estimate."""


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler: a hesitation (um) or a marker (you know), in lower case without punctuation."""

    text: str
    start: float
    end: float
    first: int
    last: int
    """Indices of its first and its last word in the transcript."""


class Length(StrEnum):
    """An answer's length against its lights: shorter than green, between, longer than red."""

    UNDER = "under"
    WITHIN = "within"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was measured from a take. Every figure may be None; `absent` then says why."""

    version: int
    """Of the measuring code."""
    first_word: float | None
    """Seconds from the start of the recording to the first voice."""
    answer: float | None
    speech: float | None
    """Seconds from the first voice to the last; the same less its pauses."""
    length: Length | None
    words: int | None
    """Lexical ones: hesitations are not among them."""
    pace: float | None
    speech_pace: float | None
    """Words per minute of answer time, and of speech time."""
    estimated: bool
    """True where both paces are an estimate from the sound, for want of a transcript."""
    fillers: tuple[Filler, ...] | None
    fillers_per_minute: float | None
    pauses: tuple[Pause, ...] | None
    absent: Mapping[str, str] = field(default_factory=dict)
    """The reason for each field that is None, by the field's name."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One plain sentence about a take, with its evidence."""

    about: str
    figure: str
    """What it is about, as `pace`; the number with its unit, empty where there is none."""
    sentence: str
    span: Span | None = None
    quote: str = ""
    """Where it can be heard, and the transcript's own words there."""


@dataclass(frozen=True, slots=True)
class Review:
    """A take with its transcript, delivery and remarks."""

    take: Take
    sound: Sound
    delivery: Delivery
    remarks: tuple[Remark, ...]
    transcript: Transcript | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A run of questions practised in one sitting."""

    id: str
    started: datetime
    interviewer: str
    kinds: tuple[Kind, ...] = ()
    """The interviewer's id; the kinds that were asked for, empty for all."""
