"""Where everything lies. Nothing is created when this is imported; `Locations.create` does that, privately."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Locations:
    """The files and folders of one user's data."""

    data: Path
    """What must not be lost: the archive, the recordings, the user's own questions."""
    cache: Path
    """What can be made again: spoken sentences."""

    @property
    def archive(self) -> Path:
        """The database."""
        return self.data / "archive.db"

    @property
    def takes(self) -> Path:
        """The recordings, a FLAC file and a sidecar each."""
        return self.data / "takes"

    @property
    def spool(self) -> Path:
        """Recordings under way, and those that were cut short."""
        return self.data / "spool"

    @property
    def questions(self) -> Path:
        """The user's own questions."""
        return self.data / "questions"

    @property
    def voices(self) -> Path:
        """The user's own interviewers."""
        return self.data / "voices"

    @property
    def exports(self) -> Path:
        """Where exports go when nobody says where."""
        return self.data / "exports"

    @property
    def settings(self) -> Path:
        """What the user changed."""
        return self.data / "settings.toml"

    @property
    def lock(self) -> Path:
        """Held by the one program that practises on this data."""
        return self.data / "lock"

    @property
    def log(self) -> Path:
        """What went wrong, technically; never an answer or a question."""
        return self.data / "viva.log"

    @property
    def speech(self) -> Path:
        """Sentences that were spoken before."""
        return self.cache / "speech"

    def create(self) -> None:
        """Make the folders, for this user only. Raises OSError."""
        for folder in (self.data, self.takes, self.spool, self.questions, self.voices, self.cache, self.speech):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def shipped(name: str) -> Path:
    """The folder `voices` or `question_bank` that came with the program: from a wheel, else from a checkout."""
    package = Path(__file__).parent
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parent.parent / name
