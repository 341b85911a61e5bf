"""What can go wrong, one tree. Each error is one sentence and its remedy; both may be shown to anybody as they are.

VivaError
|-- SettingsError           a setting that is unknown or makes no sense
|-- BankError               a file of questions or voices that cannot be used
|-- ArchiveError            the archive cannot be opened, read or written
|   |-- ArchiveBusy         another Viva Voce works on the same data
|   `-- ArchiveTooNew       written by a later version
|-- DiskError               no space left, or the disk refuses to write
|-- SoundError              sound that cannot be recorded, played or read
|   |-- NoMicrophone        no input device, or not the one that was named
|   |-- RecordingError      a recording broke off (what was said so far is kept)
|   |-- PlaybackError       no loudspeaker, or it went away
|   `-- SoundFileError      a file that holds no sound we can read
|-- VoiceError              no engine could speak a sentence
|-- RecogniserError         a recogniser failed on a recording
|   |-- ModelMissing        no weights on this machine
|   `-- ModelDamaged        weights that are truncated, foreign or not what they claim to be
|-- FetchError              fetching weights failed
`-- ChildError              a child process died, hung or spoke nonsense
"""

from __future__ import annotations


class VivaError(Exception):
    """Something the user can meet: one sentence and its remedy."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence, remedy)
        self.sentence = sentence
        """What happened, one sentence with its full stop."""
        self.remedy = remedy
        """What to do about it, one sentence with its full stop."""

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}"


class SettingsError(VivaError):
    """A setting that is unknown or makes no sense."""


class BankError(VivaError):
    """A file of questions or voices that cannot be used."""


class ArchiveError(VivaError):
    """The archive cannot be opened, read or written."""


class ArchiveBusy(ArchiveError):
    """Another Viva Voce works on the same data."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a later version; it is left unchanged."""


class DiskError(VivaError):
    """No space left, or the disk refuses to write."""


class SoundError(VivaError):
    """Sound that cannot be recorded, played or read."""


class NoMicrophone(SoundError):
    """No input device, or not the one that was named."""


class RecordingError(SoundError):
    """A recording broke off; what was said so far is kept."""


class PlaybackError(SoundError):
    """No loudspeaker, or it went away."""


class SoundFileError(SoundError):
    """A file that holds no sound we can read."""


class VoiceError(VivaError):
    """No engine could speak a sentence."""


class RecogniserError(VivaError):
    """A recogniser failed on a recording; the recording is kept."""


class ModelMissing(RecogniserError):
    """No weights on this machine."""


class ModelDamaged(RecogniserError):
    """Weights that are truncated, foreign or not what they claim to be."""


class FetchError(VivaError):
    """Fetching weights failed; what was fetched so far is kept for the next try."""


class ChildError(VivaError):
    """A child process died, hung or spoke nonsense."""
