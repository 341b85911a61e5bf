"""Messages as JSON lines: one object with one key, the name of the dataclass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from vivavoce.errors import VivaError


@dataclass(frozen=True, slots=True)
class Failed:
    """A child's answer when it could not do what it was asked; every codec knows it."""

    kind: str
    """The name of the error in `errors`."""
    sentence: str
    remedy: str


class Codec:
    """Encodes any dataclass, decodes those it was made for."""

    def __init__(self, *types: type[Any]) -> None:
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {
            t.__name__: msgspec.json.Decoder(t) for t in (*types, Failed)
        }
        assert len(self._decoders) == len(types) + 1, "messages are told apart by name"
        self._envelope = msgspec.json.Decoder(dict[str, msgspec.Raw])

    @staticmethod
    def encode(message: Any) -> bytes:
        """One line, its newline included. Raises VivaError for a file name that cannot be written as text."""
        try:
            return msgspec.json.encode({type(message).__name__: message}) + b"\n"
        except UnicodeEncodeError as error:
            raise VivaError("A file's name holds bytes that are no text.", "Rename the file or its folder.") from error

    def decode(self, line: bytes) -> Any:
        """The message in this line. Raises ValueError for anything that is none."""
        try:
            ((name, body),) = self._envelope.decode(line).items()
            return self._decoders[name].decode(body)
        except (msgspec.MsgspecError, KeyError, ValueError, RecursionError) as error:
            raise ValueError(f"no message: {error}") from error
