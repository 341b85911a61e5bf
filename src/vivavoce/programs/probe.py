"""Name the sound devices that there are now."""

from __future__ import annotations

import os

from vivavoce.audio import portaudio
from vivavoce.audio.messages import ListDevices
from vivavoce.children import Parent
from vivavoce.errors import SoundError, VivaError


def main() -> None:
    """One question, one answer, and out: PortAudio's own exit can hang."""
    parent = Parent.meet(ListDevices)
    for _ in parent.messages():
        try:
            parent.send(portaudio.devices(portaudio.load()))
        except VivaError as error:
            parent.fail(error)
        except Exception as error:  # PortAudio's, which cannot be named before it is loaded
            reason = portaudio.reason(error)
            parent.fail(SoundError(f"The sound devices cannot be listed: {reason}.", "`viva doctor` tells more."))
        break
    os._exit(0)


if __name__ == "__main__":
    main()
