"""The main process imports nothing heavy through this door."""

import subprocess
import sys


def test_the_door_imports_no_engine():
    code = "import sys, vivavoce.engines as e; e.known(); print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    )
    assert "vivavoce.engines.voice" in loaded
    assert not loaded & {"numpy", "torch", "whisper", "pyttsx3", "pocketsphinx", "numba", "sounddevice", "soundfile"}
