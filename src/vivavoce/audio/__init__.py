"""Sound: microphones, the loudspeaker, the list of devices, sound files; each works in a child process.

What is exported here is the main process's side and imports nothing heavy. `files`, `flac`, `meter`, `playing`,
`recorder`, `sources` and `stretch` import numpy and more: only children may load them.
"""

from vivavoce.audio.devices import Device, Devices, probe
from vivavoce.audio.microphones import DemoMicrophone, DeviceMicrophone, FileMicrophone
from vivavoce.audio.ownership import spool_is_owned
from vivavoce.audio.player import LoudspeakerPlayer
from vivavoce.audio.soundfiles import ChildSoundFiles

__all__ = [
    "ChildSoundFiles",
    "DemoMicrophone",
    "Device",
    "DeviceMicrophone",
    "Devices",
    "FileMicrophone",
    "LoudspeakerPlayer",
    "probe",
    "spool_is_owned",
]
