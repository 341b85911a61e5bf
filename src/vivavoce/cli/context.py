"""What every command starts from: where the data lies, and the settings that hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vivavoce import settings
from vivavoce.errors import DiskError
from vivavoce.locations import Locations
from vivavoce.settings import Settings
from vivavoce.text import clean


class Context:
    """The options before the command."""

    _log = Path(os.devnull)

    def __init__(self, data: Path | None, flags: Mapping[str, Any]) -> None:
        self._flags = dict(flags)
        self.locations = settings.folders(data, os.environ)

    @classmethod
    def latest_log(cls) -> Path:
        """Where a crash is noted; nowhere before any folder was made."""
        return cls._log

    def prepare(self) -> Locations:
        """The locations, their folders made. Raises DiskError."""
        try:
            self.locations.create()
        except OSError as error:
            place = clean(str(self.locations.data))
            raise DiskError(
                f"The folder {place} cannot be used: {clean(error.strerror or '')}.", "Choose another with --data."
            ) from error
        Context._log = self.locations.log
        return self.locations

    def settings(self, **flags: Any) -> Settings:
        """The settings that hold. Raises SettingsError."""
        told = {name: value for name, value in {**self._flags, **flags}.items() if value not in ("", None, ())}
        return settings.load(self.locations, os.environ, told)
